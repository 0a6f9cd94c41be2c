package dev.freshet.write.valkey;

/** When calls must have arrived at the latest, by the server's clock as it was read before any of them was planned. */
record Departures(ServerClock clock, ValkeyTarget target) {
    /** For calls that were planned, or whose sender was last seen alive and at work, at this {@link System#nanoTime()}. */
    Flight.Departure plannedAt(long nanos) {
        return new Flight.Departure(
                clock.millisAt(nanos) + target.patience().toMillis(),
                target.fenceWindow().toMillis(),
                target.limits());
    }
}
