package dev.freshet.write.edge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Calls that were made and not answered yet, and those that are to be made again as they were. Guarded by its queue's lock. */
final class Flights {
    private final Map<String, Flight> underWay = new HashMap<>();
    private final Deque<Flight> again = new ArrayDeque<>();

    void begin(Flight flight) {
        underWay.put(flight.call().id(), flight);
    }

    /** It was answered. */
    Flight end(PurgeCall call) {
        Flight flight = underWay.remove(call.id());
        if (flight == null) {
            throw new IllegalStateException("this call was not under way: " + call.id());
        }
        return flight;
    }

    int underWay() {
        return underWay.size();
    }

    /** It is the next one to be made. */
    void again(Flight flight) {
        again.addFirst(flight);
    }

    boolean isAnyAgain() {
        return !again.isEmpty();
    }

    /** The next one to be made again, where there is any. */
    Flight firstAgain() {
        return again.element();
    }

    Flight takeAgain() {
        return again.remove();
    }

    List<Waiting> items() {
        return all().flatMap(flight -> flight.items().stream()).toList();
    }

    int held() {
        return all().mapToInt(flight -> flight.items().size()).sum();
    }

    /** Since when the first one waits, in nanoseconds of the queue's clock. */
    OptionalLong oldest() {
        return all().mapToLong(flight -> flight.items().getFirst().since()).min();
    }

    private Stream<Flight> all() {
        return Stream.concat(underWay.values().stream(), again.stream());
    }
}
