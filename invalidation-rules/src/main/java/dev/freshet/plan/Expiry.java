package dev.freshet.plan;

import java.time.Duration;
import java.time.Instant;

/** How long an entry lives once it is written. */
public sealed interface Expiry {
    /** Until it is removed. */
    record Never() implements Expiry {}

    /** Already spread, so that entries written together do not leave together. */
    record After(Duration duration) implements Expiry {}

    /** Until a moment that the row says, by the cache's clock; an entry whose moment has passed is absent. */
    record At(Instant moment) implements Expiry {}
}
