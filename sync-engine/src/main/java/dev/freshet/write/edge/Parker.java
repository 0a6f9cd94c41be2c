package dev.freshet.write.edge;

import dev.freshet.plan.Operation;
import dev.freshet.rules.edge.Edge;
import dev.freshet.write.EdgeListener;
import dev.freshet.write.TargetAwayException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps durably what waits, forgets what is purged, takes up what a process before left, and adds up what is spent in a month. Its
 * thread, {@code freshet-edge-parker}, blocks on the store; no lane waits for it.
 *
 * <p>A cache that evicts may take what is parked. A mark stands beside it, so that its loss is told from its end: what is held here as
 * well is then parked again, and for the rest the edge is treated as after a gap. It is asked for in each round, so that it is the last to
 * be taken.
 *
 * <p>If the process dies behind any step, what is purged may stand there still and is purged once more. A ticket is let go only once its
 * purge stands there.
 */
final class Parker implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PAUSE_WHERE_AWAY = Duration.ofSeconds(2);
    private static final int AT_A_TIME = 500;
    private static final int PIECES_A_ROUND = 20;
    private static final String MARK = "mark";

    private final List<Lane> lanes;
    private final Outbox outbox;
    private final String unique;
    private final EdgeListener listener;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final Runnable progress;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Set<String> saved = new HashSet<>();
    private final ParkedPurge mark;
    private final Map<Lane, Long> parkedAlone = new HashMap<>();
    private final Set<Lane> fullLanes = new HashSet<>();
    private String cursor = Outbox.BEGINNING;
    private boolean mayBeThere;
    private boolean isBegun;
    private boolean isMarked;
    private boolean isLost;
    private int failures;
    private volatile boolean isNeeded;
    private volatile boolean isSaid;
    private long written;
    private volatile long stored;

    /**
     * One that {@link #start} starts.
     *
     * @param unique to this process
     */
    Parker(
            List<Lane> lanes,
            Outbox outbox,
            String unique,
            EdgeListener listener,
            EdgeLanes.Nature nature,
            Runnable progress) {
        this.lanes = lanes;
        this.outbox = outbox;
        this.unique = unique;
        this.mark = new ParkedPurge(MARK, unique);
        this.listener = listener;
        this.nanos = nature.nanos();
        this.clock = nature.clock();
        this.progress = progress;
        // It may block inside a lock, which would keep lanes from their processor where it is a virtual one.
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("freshet-edge-parker")
                .uncaughtExceptionHandler((dead, cause) -> listener.died(dead.getName(), cause))
                .unstarted(this::work);
    }

    void start(boolean wasSaid) {
        begin(wasSaid);
        thread.start();
    }

    /** @param wasSaid as {@link #said}, by whoever came before */
    void begin(boolean wasSaid) {
        mayBeThere = wasSaid;
        isSaid = wasSaid;
        isNeeded = wasSaid;
    }

    private void work() {
        try {
            Duration pause = Duration.ZERO;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = round() ? PAUSE : PAUSE_WHERE_AWAY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Purges that stood there when they were counted last. */
    long stored() {
        return stored;
    }

    /** Everything that is due; false where the store is away, or refuses some of it. */
    boolean round() {
        try {
            look();
            for (Lane lane : lanes) {
                forget(lane);
                park(lane);
            }
            takeUp();
            unmark();
            for (Lane lane : lanes) {
                spend(lane);
            }
            failures = 0;
            return true;
        } catch (TargetAwayException e) {
            listener.storeAway(String.valueOf(e.getMessage()), ++failures);
            return false;
        }
    }

    private void look() throws TargetAwayException {
        if (isBegun && !isMarked && !isLost) {
            return;
        }
        long size = outbox.size();
        isLost |= isMarked ? !outbox.has(mark) : mayBeThere && size == 0;
        if (isLost) {
            repair();
            if (size == 0) {
                allIsHere();
            }
        } else if (!isBegun && size > 0) {
            boolean unused = outbox.park(List.of(), mark);
            isMarked = true;
        } else if (!isBegun) {
            allIsHere();
        }
        isBegun = true;
        mayBeThere = false;
        stored = Math.max(0, size - 1);
    }

    private void allIsHere() {
        lanes.forEach(lane ->
                lane.change(queue -> queue.parking().allIsHere(queue.parking().parkedAlone())));
    }

    /** Of a lane of which more stood there than is held here; without a text where nothing is to be purged. */
    private record Repair(Lane lane, List<Operation.Purge> purges, Optional<ParkedPurge> text) {}

    /** Begun once more where it fails in its middle: what is parked, and purged, twice does no harm. */
    private void repair() throws TargetAwayException {
        List<Repair> repairs = lanes.stream()
                .filter(lane -> lane.edge().outbox() == Edge.Outbox.CACHE)
                .filter(lane -> lane.ask(queue -> queue.parking().hasMore()))
                .map(this::repair)
                .toList();
        boolean unused = outbox.park(
                repairs.stream().flatMap(each -> each.text().stream()).toList(), mark);
        isMarked = true;
        isLost = false;
        lanes.forEach(lane -> lane.change(PurgeQueue::parkAgain));
        for (Repair each : repairs) {
            each.text()
                    .ifPresent(text -> each.lane().change(queue -> queue.add(text, each.purges(), nanos.getAsLong())));
            listener.lost(each.lane().name(), !each.purges().isEmpty());
        }
    }

    private Repair repair(Lane lane) {
        List<Operation.Purge> purges = Gap.repair(lane.edge(), clock.instant());
        return new Repair(
                lane,
                purges,
                purges.isEmpty() ? Optional.empty() : Optional.of(ParkedText.write(lane.name(), purges, nextUnique())));
    }

    private String nextUnique() {
        return unique + "-" + written++;
    }

    /** Once nothing else stands there, and nobody will look for it, nothing can be lost. */
    private void unmark() throws TargetAwayException {
        isNeeded = !lanes.stream()
                .allMatch(lane -> lane.ask(queue -> queue.parking().isEmpty()));
        if (isMarked && !isNeeded && !isSaid) {
            outbox.forget(List.of(mark));
            isMarked = false;
            stored = 0;
        }
    }

    /** Whether whoever comes next has to find something there. */
    boolean isNeeded() {
        return isNeeded;
    }

    /** Whether it stands where it outlives this process that something is there. */
    void said(boolean isThere) {
        isSaid = isThere;
    }

    private void spend(Lane lane) throws TargetAwayException {
        if (lane.edge().budget().perMonth().isEmpty()) {
            return;
        }
        YearMonth month = lane.ask(queue -> queue.budget().month());
        long names = lane.ask(queue -> queue.budget().toSave());
        if (names == 0 && !saved.add(lane.name() + " " + month)) {
            return;
        }
        try {
            long spent = outbox.spent(lane.name(), month, names);
            lane.change(queue -> queue.budget().spent(month, spent));
        } catch (TargetAwayException e) {
            saved.remove(lane.name() + " " + month);
            lane.change(queue -> queue.budget().notSaved());
            throw e;
        }
    }

    private void forget(Lane lane) throws TargetAwayException {
        List<ParkedPurge> texts = lane.ask(queue -> queue.parking().toForget());
        for (int from = 0; from < texts.size(); from += AT_A_TIME) {
            List<ParkedPurge> some = texts.subList(from, Math.min(texts.size(), from + AT_A_TIME));
            try {
                outbox.forget(some);
            } catch (TargetAwayException e) {
                List<ParkedPurge> left = texts.subList(from, texts.size());
                lane.change(queue -> queue.parking().forgetLater(left));
                throw e;
            }
        }
    }

    /** Some of it: other lanes wait. */
    private void park(Lane lane) throws TargetAwayException {
        for (int i = 0; i < PIECES_A_ROUND; i++) {
            Map<Waiting, ParkedPurge> texts = new HashMap<>();
            List<Waiting> due = lane.ask(queue -> {
                List<Waiting> items = queue.due(AT_A_TIME, nanos.getAsLong());
                items.forEach(item -> texts.put(item, ParkedText.write(lane.name(), item.wanted(), nextUnique())));
                return items;
            });
            if (due.isEmpty()) {
                return;
            }
            try {
                isNeeded = true;
                boolean stood = outbox.park(List.copyOf(texts.values()), mark);
                isLost |= isMarked && !stood;
                isMarked = true;
            } catch (TargetAwayException e) {
                lane.change(queue -> queue.parking().putBack(due));
                throw e;
            }
            lane.change(queue -> texts.forEach(queue::parked));
            progress.run();
        }
    }

    /** A page of what stands there and is held nowhere, where there is room for it. */
    private void takeUp() throws TargetAwayException {
        if (lanes.stream().allMatch(lane -> lane.ask(PurgeQueue::roomForParked) == 0)) {
            return;
        }
        if (cursor.equals(Outbox.BEGINNING)) {
            fullLanes.clear();
            lanes.forEach(lane ->
                    parkedAlone.put(lane, lane.ask(queue -> queue.parking().parkedAlone())));
        }
        Outbox.Page page = outbox.page(cursor);
        List<ParkedPurge> ofNobody = new ArrayList<>();
        for (ParkedPurge text : page.purges()) {
            Optional<ParkedText.Read> read = ParkedText.read(text);
            if (read.isEmpty()) {
                // The mark, or another version wrote it, and may read it again.
                continue;
            }
            ParkedText.Read found = read.get();
            Optional<Lane> lane = lanes.stream()
                    .filter(each -> each.name().equals(found.lane()) && can(each, found.wanted()))
                    .findFirst();
            if (lane.isEmpty()) {
                ofNobody.add(text);
                listener.unknown(found.lane(), 1);
            } else {
                add(lane.get(), text, found.wanted());
            }
        }
        outbox.forget(ofNobody);
        cursor = page.next();
        // What was lost meanwhile looks like the end as well.
        if (cursor.equals(Outbox.BEGINNING) && !isLost && (!isMarked || outbox.has(mark))) {
            lanes.stream()
                    .filter(lane -> !fullLanes.contains(lane))
                    .forEach(lane ->
                            lane.change(queue -> queue.parking().allIsHere(parkedAlone.getOrDefault(lane, 0L))));
        }
    }

    /** The file may have another make of edge under the name by now. */
    private static boolean can(Lane lane, List<Operation.Purge> wanted) {
        return wanted.stream()
                .allMatch(purge -> lane.edge().can(Waiting.kind(purge.target()))
                        && purge.escalate().stream()
                                .flatMap(Set::stream)
                                .allMatch(target -> lane.edge().can(Waiting.kind(target))));
    }

    private void add(Lane lane, ParkedPurge text, List<Operation.Purge> wanted) {
        if (lane.ask(PurgeQueue::roomForParked) == 0) {
            fullLanes.add(lane);
        } else {
            lane.change(queue -> queue.add(text, wanted, nanos.getAsLong()));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
