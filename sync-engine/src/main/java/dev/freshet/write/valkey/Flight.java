package dev.freshet.write.valkey;

import dev.freshet.write.WriteResult;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Calls under way, bounded in number and bytes. No key may be in two of them: a call that met a server without the script
 * is sent again after the others.
 */
final class Flight {
    private final Link link;
    private final Departures departures;
    private final Outcomes outcomes;
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private final List<Call> withoutScript = new ArrayList<>();
    private long bytes;

    /** When a call must have arrived, by the server's clock, and how long what it leaves lives. */
    record Departure(long deadlineMillis, long windowMillis) {}

    private record Sent(Call call, AsyncCommand<byte[], byte[], List<byte[]>> command, long atNanos) {}

    Flight(Link link, Departures departures, Outcomes outcomes) {
        this.link = link;
        this.departures = departures;
        this.outcomes = outcomes;
    }

    /** Sends the calls in order, with one flush where there is room for all; waits for room where there is not. */
    void send(List<Call> calls) throws InterruptedException {
        List<AsyncCommand<byte[], byte[], ?>> ready = new ArrayList<>();
        for (Call call : calls) {
            if (!hasRoomFor(call)) {
                link.send(ready);
                ready = new ArrayList<>();
                while (!hasRoomFor(call)) {
                    landOldest();
                }
            }
            Departure departure = departures.now();
            Sent sent = new Sent(
                    call, call.command(departure.deadlineMillis(), departure.windowMillis()), System.nanoTime());
            ready.add(sent.command());
            underWay.add(sent);
            bytes += call.bytes();
        }
        link.send(ready);
    }

    /** Waits until every call is settled. */
    void land() throws InterruptedException {
        landAll();
        if (withoutScript.isEmpty()) {
            return;
        }
        List<Call> again = List.copyOf(withoutScript);
        withoutScript.clear();
        switch (link.load(Script.WRITE)) {
            case Reply.Value<String> loaded -> {
                send(again);
                landAll();
                settleAll(withoutScript, ServerError.NOSCRIPT.name());
                withoutScript.clear();
            }
            case Reply.Refused<String>(String error) -> settleAll(again, error);
            case Reply.Lost<String>(WriteResult.RetryAfter why) -> again.forEach(call -> call.settle(why, outcomes));
        }
    }

    private void settleAll(List<Call> calls, String error) {
        calls.forEach(call -> call.settle(ServerError.retry(error), outcomes));
    }

    private boolean hasRoomFor(Call call) {
        ValkeyLimits limits = departures.target().limits();
        return underWay.isEmpty()
                || (underWay.size() < limits.callsInFlight() && bytes + call.bytes() <= limits.bytesInFlight());
    }

    private void landAll() throws InterruptedException {
        while (!underWay.isEmpty()) {
            landOldest();
        }
    }

    private void landOldest() throws InterruptedException {
        Sent sent = underWay.remove();
        bytes -= sent.call().bytes();
        switch (link.await(sent.command(), sent.atNanos())) {
            case Reply.Value<List<byte[]>>(List<byte[]> reply) -> sent.call().settle(reply, link, outcomes);
            case Reply.Lost<List<byte[]>>(WriteResult.RetryAfter why) ->
                sent.call().settle(why, outcomes);
            case Reply.Refused<List<byte[]>>(String error) -> {
                if (ServerError.of(error) == ServerError.NOSCRIPT) {
                    withoutScript.add(sent.call());
                } else {
                    link.refused(error);
                    sent.call().settle(ServerError.retry(error), outcomes);
                }
            }
        }
    }
}
