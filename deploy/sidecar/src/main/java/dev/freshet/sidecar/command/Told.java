package dev.freshet.sidecar.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;

/** Operations in a line each, for people. */
final class Told {
    private static final int MOST_OF_A_VALUE = 200;

    private Told() {}

    static String of(Operation operation) {
        return switch (operation) {
            case Operation.Put put ->
                "put        " + put.key() + "  " + value(put.entry()) + "  " + lifetime(put.expiry()) + "  ("
                        + put.rule() + ", owner " + put.owner() + ")";
            case Operation.Remove remove ->
                "remove     " + remove.key() + "  (" + remove.rule() + ", owner " + remove.owner() + ")";
            case Operation.Invalidate invalidate -> "invalidate " + invalidate.key() + "  (" + invalidate.rule() + ")";
            case Operation.Sweep sweep ->
                "sweep      " + sweep.pattern().glob() + "  (" + sweep.rule() + ", table " + sweep.table() + ")";
        };
    }

    private static String value(Entry entry) {
        String text = switch (entry) {
            case Entry.Text plain -> plain.value();
            case Entry.Json json -> new String(json.value().utf8(), UTF_8);
            case Entry.Hash hash -> hash.fields().toString();
        };
        return text.length() <= MOST_OF_A_VALUE
                ? text
                : text.substring(0, MOST_OF_A_VALUE) + "... (" + text.length() + " characters)";
    }

    private static String lifetime(Expiry expiry) {
        return switch (expiry) {
            case Expiry.Never never -> "no ttl";
            case Expiry.After after -> "ttl " + after.duration().toSeconds() + "s";
        };
    }
}
