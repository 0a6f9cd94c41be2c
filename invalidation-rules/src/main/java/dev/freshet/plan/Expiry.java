package dev.freshet.plan;

import java.time.Duration;

/** How long an entry lives once it is written. */
public sealed interface Expiry {
    /** Until it is removed. */
    record Never() implements Expiry {}

    /** Already spread, so that entries written together do not leave together. */
    record After(Duration duration) implements Expiry {}
}
