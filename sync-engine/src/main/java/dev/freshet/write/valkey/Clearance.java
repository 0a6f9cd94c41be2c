package dev.freshet.write.valkey;

import dev.freshet.write.WriteResult;
import java.util.ArrayList;
import java.util.List;

/** Removals that a {@link Walk} finds, sent page by page, each with a deadline of its own: a walk over many keys takes long. */
final class Clearance {
    private final Link link;
    private final Departures departures;
    private final ValkeyLimits limits;
    private final List<Call> calls = new ArrayList<>();
    private Call call = new Call();
    private WriteResult worst = Outcomes.APPLIED;

    Clearance(Link link, Departures departures) {
        this.link = link;
        this.departures = departures;
        this.limits = departures.target().limits();
    }

    void add(EntryWrite removal) {
        call.add(0, removal);
        if (call.isFull(limits)) {
            calls.add(call);
            call = new Call();
        }
    }

    /** Sends what was added and waits; what became of the worst of it since the beginning. */
    WriteResult send() throws InterruptedException {
        if (!call.isEmpty()) {
            calls.add(call);
            call = new Call();
        }
        Flight flight = new Flight(link, departures, (index, result) -> worst = Outcomes.worse(worst, result));
        flight.send(calls);
        flight.land();
        calls.clear();
        return worst;
    }
}
