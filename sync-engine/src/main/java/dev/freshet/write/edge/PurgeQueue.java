package dev.freshet.write.edge;

import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.Edge;
import dev.freshet.write.Purger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What waits for one edge, or one node of it, and what is under way. Says what leaves when, and does nothing itself: its clock is
 * told, in nanoseconds of any origin, and so is what became of a call. Guarded by its lane's lock.
 *
 * <p>A name waits once, whoever wants it, so one purge stands for every change before it. A name that is under way and wanted again
 * waits anew, since what was sent may not cover the later change. Calls leave in order of arrival, as full as they get while the budget
 * has no room. A call that failed is made again as it was, so that a provider can tell it from another one.
 */
final class PurgeQueue {
    /** A limit that a provider did not tell is tried again now and then, and costs a call where it stands still. */
    static final int CALLS_TO_GROW = 100;

    private static final long FOREVER = Duration.ofMinutes(1).toNanos();

    private final Edge edge;
    private final PurgeBudget budget;
    private final Recovery recovery;
    private final String callPrefix;
    private final int most;
    private final Parking parking;
    private final Groups groups = new Groups();
    private final Tickets tickets = new Tickets();
    private final Flights flights = new Flights();
    private final PriorityQueue<Waiting> repeats = new PriorityQueue<>(Comparator.comparingLong(Waiting::since));
    private final Map<Purger.Refused, Waiting> refused = new LinkedHashMap<>();
    private final Map<RuleName, Integer> escalated = new LinkedHashMap<>();
    private OptionalLong leftOut = OptionalLong.empty();
    private int largestCall = Integer.MAX_VALUE;
    private int largestCallsTaken;
    private long calls;
    private long refusals;
    private boolean isHurried;
    private boolean isJudged = true;
    private boolean isBehind;
    private boolean wasBehind;

    /**
     * An empty one.
     *
     * @param callPrefix unique to this queue, of this process
     * @param most names that are held at once
     */
    PurgeQueue(Edge edge, PurgeBudget budget, Recovery recovery, String callPrefix, int most) {
        this.edge = edge;
        this.budget = budget;
        this.recovery = recovery;
        this.callPrefix = callPrefix;
        this.most = most;
        this.parking = new Parking(edge.outbox(), most);
    }

    /** What had to be left out comes again from now on. */
    void begin() {
        leftOut = OptionalLong.empty();
    }

    /** Nothing waits for others any more. */
    void hurry() {
        isHurried = true;
    }

    /** Something is to be purged, for a ticket. False where it had to be left out, for the first time. */
    boolean add(long ticket, Operation.Purge purge, long now) {
        if (leftOut.isPresent()) {
            return true;
        }
        Waiting item = new Waiting(purge, Optional.of(ticket), now);
        if (held() < most) {
            hold(item);
            enter(item);
        } else if (parking.hasRoom()) {
            hold(item);
            parking.addBeyondMemory(item);
        } else {
            leftOut = OptionalLong.of(ticket);
            return false;
        }
        return true;
    }

    /** What stands durably: by all who want it, of one target. Nothing happens where it is held here as well. */
    void add(ParkedPurge text, List<Operation.Purge> wanted, long now) {
        if (!parking.knows(text)) {
            parking.know(text);
            enter(new Waiting(text, wanted, now));
        }
    }

    private void enter(Waiting item) {
        Optional<Waiting> before = groups.find(item.target(), item.kind());
        Waiting entered = item;
        if (before.isPresent()) {
            Groups.Key place = Groups.Key.of(before.get());
            entered = together(before.get(), item);
            groups.replace(place, before.get(), entered);
        } else {
            groups.put(item);
        }
        if (entered.ticket().isPresent()) {
            parking.add(entered);
        }
        isJudged = false;
    }

    private Waiting together(Waiting before, Waiting item) {
        release(before);
        release(item);
        parking.unite(before, item);
        Waiting both = Waiting.both(before, item);
        hold(both);
        return both;
    }

    private void hold(Waiting item) {
        item.ticket().ifPresent(tickets::hold);
    }

    private void release(Waiting item) {
        item.ticket().ifPresent(tickets::release);
    }

    /** What is to be done now. */
    Step next(long now) {
        while (!repeats.isEmpty() && repeats.element().since() <= now) {
            enter(repeats.remove());
        }
        judge(now);
        long pause = recovery.nanosUntilNext(now);
        if (pause > 0) {
            return new Step.Wait(pause);
        }
        int mostUnderWay = recovery.isDoubtful() ? 1 : edge.type().callsUnderWay();
        if (flights.underWay() >= mostUnderWay) {
            return new Step.Wait(FOREVER);
        }
        return flights.isAnyAgain() ? sendAgain(now) : fromGroups(now);
    }

    private Step sendAgain(long now) {
        Flight first = flights.firstAgain();
        if (!first.isCounted() && !budget.hasRoom(first.names())) {
            // A smaller call may go, or what it escalates to.
            flights.takeAgain().items().forEach(this::enter);
            return next(now);
        }
        long wait = budget.nanosUntilTokens(first.call().kind(), first.names(), now);
        return wait > 0 ? new Step.Wait(wait) : send(flights.takeAgain(), now);
    }

    private Step fromGroups(long now) {
        Optional<Groups.Key> best = Optional.empty();
        long wait = repeats.isEmpty() ? FOREVER : Math.max(1, repeats.element().since() - now);
        for (Groups.Key key : groups.keys()) {
            Waiting first = groups.first(key);
            long untilReady = isReady(key) ? 0 : first.since() + edge.gather().toNanos() - now;
            long until = Math.max(untilReady, budget.nanosUntilRoom(key.kind(), now));
            if (until > 0) {
                wait = Math.min(wait, until);
            } else if (best.isEmpty() || isBefore(key, best.get())) {
                best = Optional.of(key);
            }
        }
        return best.isEmpty() ? new Step.Wait(wait) : send(board(best.get(), now), now);
    }

    /** A call that purges everything saves the others. */
    private boolean isBefore(Groups.Key one, Groups.Key other) {
        boolean savesAll = one.kind() == Edge.Kind.ALL && !one.soft();
        boolean otherSavesAll = other.kind() == Edge.Kind.ALL && !other.soft();
        return savesAll
                || (!otherSavesAll
                        && groups.first(one).since() < groups.first(other).since());
    }

    private boolean isReady(Groups.Key key) {
        return isHurried || groups.size(key) >= Math.min(largestCall, budget.mostInACall(key.kind()));
    }

    /** What leaves with the next call of a group. Whatever waits goes with a call that purges everything. */
    private Flight board(Groups.Key key, long now) {
        int room = Math.max(1, Math.min(largestCall, budget.room(key.kind(), now)));
        List<Waiting> items = groups.take(key, room, edge.type().bytesPerCall());
        List<String> names = items.stream().map(Waiting::name).toList();
        if (key.kind() == Edge.Kind.ALL) {
            names = List.of();
            if (!key.soft()) {
                items.addAll(groups.takeAll());
            }
        }
        isJudged = false;
        return new Flight(call(key, names), items, false);
    }

    private PurgeCall call(Groups.Key key, List<String> names) {
        return new PurgeCall(callPrefix + calls++, key.kind(), key.soft(), names);
    }

    private Step send(Flight flight, long now) {
        PurgeCall call = flight.call();
        if (flight.isCounted()) {
            budget.spendAgain(call.kind(), flight.names(), now);
        } else {
            budget.spend(call.kind(), flight.names(), now);
        }
        flights.begin(flight.counted());
        return new Step.Send(call);
    }

    /** Tells what became of a call. */
    Settled done(PurgeCall call, PurgeReply reply, long now) {
        Flight flight = flights.end(call);
        switch (reply) {
            case PurgeReply.Accepted accepted -> {
                return accepted(flight, now);
            }
            case PurgeReply.Limited(Duration after, String reason) -> {
                budget.exhausted(call.kind(), now);
                recovery.limited(after, reason, now);
                flights.again(flight);
            }
            case PurgeReply.Failed(Duration after, String reason) -> {
                recovery.failed(after, reason, now);
                flights.again(flight);
            }
            case PurgeReply.Shut(String reason) -> {
                recovery.shut(reason, now);
                flights.again(flight);
            }
            case PurgeReply.TooLarge(String reason) -> {
                if (call.names().size() > 1) {
                    largestCall = call.names().size() / 2;
                    largestCallsTaken = 0;
                }
                divide(flight, reason);
            }
            case PurgeReply.Refused(String reason) -> divide(flight, reason);
        }
        return Settled.NOTHING;
    }

    private Settled accepted(Flight flight, long now) {
        boolean wasAway = recovery.isDoubtful();
        recovery.taken(now);
        if (flight.call().names().size() == largestCall && ++largestCallsTaken == CALLS_TO_GROW) {
            largestCall = (int) Math.min(Integer.MAX_VALUE, 2L * largestCall);
            largestCallsTaken = 0;
        }
        List<Instant> committed = new ArrayList<>();
        for (Waiting item : flight.items()) {
            Optional<Duration> again = item.againAfter();
            item.firstCommit().ifPresent(committed::add);
            if (again.isPresent()) {
                repeats.add(item.repeated(now + again.get().toNanos()));
            } else {
                finish(item);
            }
        }
        return new Settled(committed, wasAway);
    }

    private void finish(Waiting item) {
        item.done();
        release(item);
        parking.done(item);
    }

    /** Half of the names may do; what cannot be divided is refused. What only went along waits again. */
    private void divide(Flight flight, String reason) {
        int named = flight.names();
        budget.giveBack(named);
        List<Waiting> items = flight.items();
        Groups.Key key = Groups.Key.of(items.getFirst());
        items.subList(named, items.size()).forEach(this::enter);
        if (named == 1) {
            Waiting bad = items.getFirst();
            refused.put(new Purger.Refused(refusals++, bad.wanted().getFirst(), reason), bad);
            return;
        }
        for (List<Waiting> half : List.of(items.subList(named / 2, named), items.subList(0, named / 2))) {
            flights.again(new Flight(call(key, half.stream().map(Waiting::name).toList()), half, false));
        }
    }

    /** Replaces what can be replaced while more waits than leaves in time. */
    private void judge(long now) {
        if (isJudged || !budget.isBounded() || !budget.isKnown()) {
            return;
        }
        Set<Edge.Kind> overloaded = budget.overloaded(groups.byKind(), now);
        while (!overloaded.isEmpty() && groups.escalable() > 0) {
            Optional<List<Waiting>> rung = Escalation.next(groups.all(), overloaded);
            if (rung.isEmpty()) {
                break;
            }
            // All leave before any of what stands for them comes in, which may have the name of another one.
            rung.get().forEach(item -> groups.remove(item.target(), item.kind()));
            rung.get().forEach(this::escalate);
            overloaded = budget.overloaded(groups.byKind(), now);
        }
        isBehind = !overloaded.isEmpty();
        isJudged = true;
    }

    private void escalate(Waiting item) {
        item.wanted().forEach(purge -> escalated.merge(purge.rule(), 1, Integer::sum));
        for (Operation.Purge purge : Escalation.instead(item)) {
            Waiting instead = new Waiting(purge, item.ticket(), item.since());
            hold(instead);
            parking.share(item, instead);
            enter(instead);
        }
        finish(item);
    }

    /** What came of too much that waits, since this was asked last. */
    Pressure pressure() {
        Map<RuleName, Integer> since = Map.copyOf(escalated);
        escalated.clear();
        boolean isNew = isBehind && !wasBehind;
        wasBehind = isBehind;
        return new Pressure(since, isNew, held());
    }

    /** The least ticket of which something is not done. */
    OptionalLong undone() {
        OptionalLong held = tickets.least();
        return held.isPresent() && (leftOut.isEmpty() || held.getAsLong() < leftOut.getAsLong()) ? held : leftOut;
    }

    /** What will never be taken, until it is {@link #setAside}. */
    List<Purger.Refused> refused() {
        return List.copyOf(refused.keySet());
    }

    void setAside(Purger.Refused stored) {
        Waiting item = refused.remove(stored);
        if (item != null) {
            finish(item);
        }
    }

    /** Whether what was left out would find room. */
    boolean wantsAgain() {
        return leftOut.isPresent() && held() <= most / 2 && !recovery.isDoubtful();
    }

    Parking parking() {
        return parking;
    }

    PurgeBudget budget() {
        return budget;
    }

    /** What is to be parked by now; each is told of once, and then {@link #parked} or put back. */
    List<Waiting> due(int atMost, long now) {
        return parking.due(atMost, now);
    }

    void parked(Waiting item, ParkedPurge text) {
        if (!item.isDone()) {
            release(item);
        }
        parking.parked(item, text);
    }

    /** What was parked stands nowhere but here. */
    void parkAgain() {
        parking.parkAgain(everyItem());
    }

    private List<Waiting> everyItem() {
        List<Waiting> all = new ArrayList<>(groups.all());
        all.addAll(repeats);
        all.addAll(flights.items());
        all.addAll(refused.values());
        return all;
    }

    /** Names that fit in beside those that are held, of those that stand durably alone. */
    int roomForParked() {
        return parking.hasMore() ? Math.max(0, most / 2 - held()) : 0;
    }

    int held() {
        return groups.size() + repeats.size() + flights.held() + refused.size();
    }

    /** {@code up}, or why calls are not taken. */
    String condition() {
        if (!budget.isKnown()) {
            return "limited: the cache did not say yet what was spent this month";
        }
        return budget.hasRoom(1) ? recovery.condition() : "limited: the month's budget is spent";
    }

    int failures() {
        return recovery.failures();
    }

    /** Whether more waits than leaves in time, and nothing says what to purge instead. */
    boolean isBehind() {
        return isBehind;
    }

    /** How long the first one has waited, in nanoseconds. */
    long oldest(long now) {
        long oldest = flights.oldest().orElse(now);
        for (Groups.Key key : groups.keys()) {
            oldest = Math.min(oldest, groups.first(key).since());
        }
        return now - oldest;
    }
}
