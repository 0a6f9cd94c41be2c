package dev.freshet.write.edge;

import java.util.OptionalLong;
import java.util.TreeMap;

/** Tickets that are held, each as often as somebody holds it. */
final class Tickets {
    private final TreeMap<Long, Integer> held = new TreeMap<>();

    void hold(long ticket) {
        held.merge(ticket, 1, Integer::sum);
    }

    void release(long ticket) {
        held.computeIfPresent(ticket, (same, times) -> times == 1 ? null : times - 1);
    }

    OptionalLong least() {
        return held.isEmpty() ? OptionalLong.empty() : OptionalLong.of(held.firstKey());
    }
}
