package dev.freshet.sidecar.edges;

import dev.freshet.rules.edge.Ability;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.Rate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * What an edge of a file may be sent by names of one kind, budgets applied.
 *
 * @param rate empty: as much as it answers
 * @param inMaxDelay names that leave within {@code max_delay} where nothing was sent before; empty: any number
 */
record Allowance(Edge.Kind kind, Ability ability, Optional<Rate> rate, OptionalLong inMaxDelay) {
    private static final double MINUTE = Duration.ofMinutes(1).toMillis();

    /** Of each kind that the edge can purge by, with its settings. */
    static List<Allowance> of(Edge edge) {
        return Arrays.stream(Edge.Kind.values())
                .filter(edge::can)
                .map(kind -> of(edge, kind, edge.type().ability(kind).orElseThrow()))
                .toList();
    }

    private static Allowance of(Edge edge, Edge.Kind kind, Ability ability) {
        Optional<Rate> rate = edge.rate(kind);
        OptionalLong byRate = rate.map(of -> OptionalLong.of(within(of, ability, edge.maxDelay())))
                .orElse(OptionalLong.empty());
        return new Allowance(kind, ability, rate, lesser(byRate, edge.budget().perMonth()));
    }

    private static OptionalLong lesser(OptionalLong one, OptionalLong other) {
        return LongStream.concat(one.stream(), other.stream()).min();
    }

    private static long within(Rate rate, Ability ability, Duration time) {
        long tokens = rate.burst() + (long) (time.toMillis() / MINUTE * rate.perMinute());
        return switch (rate.counts()) {
            case CALLS -> tokens * ability.perCall();
            case NAMES -> tokens;
        };
    }
}
