package dev.freshet.write.valkey;

import dev.freshet.write.Terms;
import java.time.Duration;

/** When calls must have arrived at the latest, and how long what they leave lives. */
record Departures(ValkeyTarget target, Terms terms) {
    /** Longer than any snapshot takes, and the sweep behind it. */
    private static final Duration UNTIL_SWEPT = Duration.ofDays(7);

    /** For calls that leave now. */
    Flight.Departure now() {
        return new Flight.Departure(terms.ledAt().get().plus(target.patience()).toEpochMilli(), life().toMillis());
    }

    private Duration life() {
        Duration window = target.fenceWindow();
        return switch (terms.fences()) {
            case FOR_A_WINDOW -> window;
            case UNTIL_SWEPT -> window.compareTo(UNTIL_SWEPT) > 0 ? window : UNTIL_SWEPT;
        };
    }
}
