package dev.freshet.write.edge;

import dev.freshet.change.Transactions;
import dev.freshet.plan.Operation;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.write.EdgeListener;
import dev.freshet.write.EdgeStates;
import dev.freshet.write.LaneName;
import dev.freshet.write.Purger;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** All edges of a file: a lane for each, or for each node of one that has several, behind one gate. */
public final class EdgeLanes implements Purger {
    /** Names that one lane, or the gate, holds at once: some ten megabytes. */
    public static final int MOST_HELD = 50_000;

    private final Map<EdgeName, List<Lane>> lanes;
    private final EdgeListener listener;
    private final InstantSource clock;
    private final Gate gate;
    private final Parker parker;
    private boolean isBegun;
    private final Semaphore progress = new Semaphore(0);

    /** Makes the adapter of an edge, or of one of its nodes. */
    public interface Adapters {
        /** @param node its address; empty where the edge has no nodes */
        EdgePurger of(Edge edge, String node);
    }

    /** A clock for people, one that never goes back, and luck. */
    public record Nature(InstantSource clock, LongSupplier nanos, RandomGenerator random) {
        /** The machine's own. */
        public static Nature own() {
            return new Nature(InstantSource.system(), System::nanoTime, RandomGenerator.getDefault());
        }
    }

    /**
     * Edges that are purged from now on.
     *
     * @param outbox used by a thread of this alone
     * @param sight used by a thread of this alone
     * @param most names that one lane holds at once
     */
    public EdgeLanes(
            List<Edge> edges,
            Adapters adapters,
            Outbox outbox,
            Sight sight,
            EdgeListener listener,
            Nature nature,
            int most) {
        this.listener = listener;
        this.clock = nature.clock();
        this.lanes = new LinkedHashMap<>();
        String unique = UUID.randomUUID().toString();
        for (Edge edge : edges) {
            List<String> nodes = edge.type().hasNodes() ? edge.options().texts("nodes") : List.of("");
            List<Lane> own = new ArrayList<>();
            for (String node : nodes) {
                own.add(lane(edge, node, adapters, unique + "-" + edge.name() + "-" + own.size() + "-", nature, most));
            }
            lanes.put(edge.name(), own);
        }
        this.gate = new Gate(sight, this::let, listener, nature.nanos(), most);
        this.parker = new Parker(all(), outbox, unique, listener, nature, this::progressed);
        all().forEach(Lane::start);
        gate.start();
    }

    private Lane lane(Edge edge, String node, Adapters adapters, String calls, Nature nature, int most) {
        long now = nature.nanos().getAsLong();
        PurgeBudget budget =
                new PurgeBudget(edge, now, () -> YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)));
        PurgeQueue queue = new PurgeQueue(edge, budget, new Recovery(nature.random(), now), calls, most);
        return new Lane(
                edge,
                new LaneName(edge.name(), node),
                adapters.of(edge, node),
                queue,
                listener,
                clock,
                nature.nanos(),
                this::progressed);
    }

    private List<Lane> all() {
        return lanes.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public void begin(boolean isKept) {
        if (!isBegun) {
            // Who holds no source yet may not touch what another process has parked.
            isBegun = true;
            parker.start(isKept);
        }
        gate.begin();
        all().forEach(lane -> lane.change(PurgeQueue::begin));
    }

    @Override
    public boolean isKept() {
        return parker.isNeeded();
    }

    @Override
    public void said(boolean isKept) {
        parker.said(isKept);
    }

    @Override
    public void take(long ticket, List<Operation.Purge> purges, Transactions visible) {
        if (!purges.isEmpty()) {
            gate.take(ticket, purges, visible);
        }
    }

    private void let(long ticket, List<Operation.Purge> purges) {
        Map<EdgeName, List<Operation.Purge>> byEdge = new LinkedHashMap<>();
        purges.forEach(purge ->
                byEdge.computeIfAbsent(purge.edge(), name -> new ArrayList<>()).add(purge));
        byEdge.forEach((name, some) -> lanes(name).forEach(lane -> lane.add(ticket, some)));
    }

    private List<Lane> lanes(EdgeName name) {
        List<Lane> found = lanes.get(name);
        if (found == null) {
            throw new IllegalStateException("nobody refused a purge of an edge that is not there: " + name);
        }
        return found;
    }

    @Override
    public void missed(long ticket) {
        lanes.values().forEach(nodes -> {
            Edge edge = nodes.getFirst().edge();
            List<Operation.Purge> repair = Gap.repair(edge, clock.instant());
            listener.missed(edge.name(), !repair.isEmpty());
            nodes.forEach(lane -> lane.add(ticket, repair));
        });
    }

    @Override
    public OptionalLong undone() {
        // The gate first: what leaves it meanwhile is then counted by a lane.
        OptionalLong least = gate.undone();
        for (Lane lane : all()) {
            OptionalLong other = lane.ask(PurgeQueue::undone);
            if (other.isPresent() && (least.isEmpty() || other.getAsLong() < least.getAsLong())) {
                least = other;
            }
        }
        return least;
    }

    @Override
    public List<Refused> refused() {
        return all().stream()
                .flatMap(lane -> lane.ask(PurgeQueue::refused).stream())
                .toList();
    }

    @Override
    public void setAside(List<Refused> stored) {
        all().forEach(lane -> lane.change(queue -> stored.forEach(queue::setAside)));
    }

    @Override
    public boolean wantsAgain() {
        return gate.wantsAgain() || all().stream().anyMatch(lane -> lane.ask(PurgeQueue::wantsAgain));
    }

    @Override
    public void hurry() {
        all().forEach(lane -> lane.change(PurgeQueue::hurry));
    }

    /** One permit says it all: who waits looks at everything. */
    private void progressed() {
        if (progress.availablePermits() == 0) {
            progress.release();
        }
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
        progress.drainPermits();
        boolean unused = progress.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** One look at each lane. Safe from any thread. */
    public EdgeStates states() {
        return new EdgeStates(all().stream().map(Lane::state).toList(), gate.held(), parker.stored());
    }

    @Override
    public void close() {
        gate.close();
        parker.close();
        all().forEach(Lane::close);
    }
}
