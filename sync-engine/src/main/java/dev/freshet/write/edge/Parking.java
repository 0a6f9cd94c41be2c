package dev.freshet.write.edge;

import dev.freshet.rules.edge.Edge;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a queue is to be kept durably because it waits, what is kept, and what need not be any more. Guarded by its queue's lock.
 *
 * <p>What leaves at once is never parked: most does.
 */
final class Parking {
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private final boolean isUsed;
    private final int most;
    private final Deque<Waiting> fresh = new ArrayDeque<>();
    private final Set<Waiting> beyondMemory = Collections.newSetFromMap(new IdentityHashMap<>());
    /** How many items each text stands for; several where one was escalated. */
    private final Map<ParkedPurge, Integer> known = new HashMap<>();

    private final List<ParkedPurge> toForget = new ArrayList<>();
    private boolean hasMore = true;
    private long alone;

    /** @param most names that are held beyond the queue's own until they are parked */
    Parking(Edge.Outbox outbox, int most) {
        this.isUsed = outbox == Edge.Outbox.CACHE;
        this.most = most;
    }

    /** It may have to be parked. */
    void add(Waiting item) {
        if (isUsed) {
            fresh.add(item);
        }
    }

    boolean hasRoom() {
        return isUsed && beyondMemory.size() < most;
    }

    /** It is parked as soon as can be, and then held nowhere else. */
    void addBeyondMemory(Waiting item) {
        fresh.add(item);
        beyondMemory.add(item);
    }

    boolean knows(ParkedPurge text) {
        return known.containsKey(text);
    }

    void know(ParkedPurge text) {
        known.merge(text, 1, Integer::sum);
    }

    /** What one stands under holds for another as well, which is to be purged in its place. */
    void share(Waiting item, Waiting instead) {
        for (ParkedPurge text : item.parked()) {
            instead.inPlaceOf(text);
            know(text);
        }
    }

    /** Two are about to become one. */
    void unite(Waiting one, Waiting other) {
        for (ParkedPurge text : one.parked()) {
            if (other.parked().contains(text)) {
                boolean unused = drop(text);
            }
        }
    }

    private boolean drop(ParkedPurge text) {
        return known.computeIfPresent(text, (same, times) -> times == 1 ? null : times - 1) == null;
    }

    /** What has waited long enough to be parked; each is told of once. */
    List<Waiting> due(int atMost, long now) {
        List<Waiting> due = new ArrayList<>();
        while (due.size() < atMost && !fresh.isEmpty()) {
            Waiting first = fresh.element();
            if (!first.isDone() && beyondMemory.isEmpty() && now - first.since() < PATIENCE) {
                break;
            }
            fresh.remove();
            if (!first.isDone()) {
                due.add(first);
            }
        }
        return due;
    }

    /** It could not be parked: it is due again. */
    void putBack(List<Waiting> items) {
        items.reversed().forEach(fresh::addFirst);
    }

    /** It stands under this text; it may be purged by now. */
    void parked(Waiting item, ParkedPurge text) {
        if (beyondMemory.remove(item)) {
            hasMore = true;
            alone++;
        } else if (item.isDone()) {
            toForget.add(text);
        } else {
            // One of the same field has taken the earlier one's place.
            for (ParkedPurge earlier : List.copyOf(item.parked())) {
                if (earlier.field().equals(text.field())) {
                    item.parked().remove(earlier);
                    boolean unused = drop(earlier);
                }
            }
            item.parkedAs(text);
            know(text);
        }
    }

    /** It is purged, or set aside. */
    void done(Waiting item) {
        item.parked().stream().filter(this::drop).forEach(toForget::add);
    }

    /** What need not be kept any more; each is told of once. */
    List<ParkedPurge> toForget() {
        List<ParkedPurge> texts = List.copyOf(toForget);
        toForget.clear();
        return texts;
    }

    /** These could not be forgotten. */
    void forgetLater(List<ParkedPurge> texts) {
        toForget.addAll(texts);
    }

    /** What stood durably does not any more; of these, what was parked is due. */
    void parkAgain(List<Waiting> held) {
        known.clear();
        for (Waiting item : held) {
            if (!item.parked().isEmpty()) {
                item.parked().clear();
                fresh.addFirst(item);
            }
        }
    }

    /** How many stand durably and are held here as well. */
    int parked() {
        return known.size();
    }

    /** Whether more may stand there than is held here. */
    boolean hasMore() {
        return hasMore;
    }

    /** How many were parked and are not held here. */
    long parkedAlone() {
        return alone;
    }

    /** Everything that stood there when so many had been {@link #parkedAlone} is held here. */
    void allIsHere(long parkedAlone) {
        hasMore = parkedAlone != alone;
    }

    /** Nothing stands there as far as is known here. */
    boolean isEmpty() {
        return known.isEmpty() && toForget.isEmpty() && !hasMore;
    }
}
