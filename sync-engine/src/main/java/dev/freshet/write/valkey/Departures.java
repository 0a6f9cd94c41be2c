package dev.freshet.write.valkey;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * When calls must have arrived at the latest.
 *
 * @param ledAt when this process was last known to lead, by the server's clock
 */
record Departures(ValkeyTarget target, Supplier<Instant> ledAt) {
    /** For calls that leave now. */
    Flight.Departure now() {
        return new Flight.Departure(
                ledAt.get().plus(target.patience()).toEpochMilli(),
                target.fenceWindow().toMillis());
    }
}
