package dev.freshet.rules.edge;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an edge may spend, where the file says so.
 *
 * @param burst in place of the plan's
 * @param perMinute in place of the plan's
 * @param perMonth names sent in a calendar month, UTC; above it they wait
 */
public record Budget(OptionalInt burst, OptionalInt perMinute, OptionalLong perMonth) {
    public static final Budget AS_PLANNED = new Budget(OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty());

    Rate applied(Rate planned) {
        return new Rate(
                planned.bucket(),
                planned.counts(),
                burst.orElse(planned.burst()),
                perMinute.orElse(planned.perMinute()));
    }

    /** For names of all kinds that the provider does not bound. Where one figure is said alone, it is both. */
    Optional<Rate> alone() {
        OptionalInt either = perMinute.isPresent() ? perMinute : burst;
        return either.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rate(
                        "budget",
                        Rate.Unit.NAMES,
                        burst.orElse(either.getAsInt()),
                        perMinute.orElse(either.getAsInt())));
    }
}
