package dev.freshet.rules.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EdgeTest {
    private static Edge edge(EdgeType type, Budget budget) {
        return new Edge(
                new EdgeName("site"),
                type,
                false,
                Edge.DEFAULT_MAX_DELAY,
                type.gather(),
                Edge.DEFAULT_TIMEOUT,
                Edge.Outbox.LOG,
                Edge.OnGap.TELL,
                type.plans().getFirst(),
                budget,
                new EdgeOption.Members(Map.of()));
    }

    private static Budget budget(OptionalInt burst, OptionalInt perMinute) {
        return new Budget(burst, perMinute, OptionalLong.empty());
    }

    private static Optional<Rate> names(int burst, int perMinute) {
        return Optional.of(new Rate("budget", Rate.Unit.NAMES, burst, perMinute));
    }

    @Test
    void aBudgetTakesThePlaceOfWhatTheProviderGrants() {
        Edge flare = edge(EdgeType.CLOUDFLARE, budget(OptionalInt.empty(), OptionalInt.of(3)));

        assertThat(flare.rate(Edge.Kind.TAG)).contains(new Rate("calls", Rate.Unit.CALLS, 25, 3));
        assertThat(flare.perMinute(Edge.Kind.TAG)).hasValue(300);
        assertThat(flare.rate(Edge.Kind.URL)).contains(new Rate("urls", Rate.Unit.CALLS, 100, 3));
    }

    @Test
    void whatTheProviderDoesNotBoundABudgetDoes() {
        assertThat(edge(EdgeType.VARNISH, Budget.AS_PLANNED).rate(Edge.Kind.TAG))
                .isEmpty();
        assertThat(edge(EdgeType.VARNISH, budget(OptionalInt.of(9), OptionalInt.of(4)))
                        .rate(Edge.Kind.TAG))
                .isEqualTo(names(9, 4));
        assertThat(edge(EdgeType.WEBHOOK, budget(OptionalInt.empty(), OptionalInt.of(4)))
                        .rate(Edge.Kind.URL))
                .isEqualTo(names(4, 4));
        assertThat(edge(EdgeType.FASTLY, budget(OptionalInt.of(9), OptionalInt.empty()))
                        .rate(Edge.Kind.TAG))
                .isEqualTo(names(9, 9));
    }

    @Test
    void whatIsGrantedInAMinuteHasRoomForEveryBudget() {
        Edge flare = edge(EdgeType.CLOUDFLARE, budget(OptionalInt.empty(), OptionalInt.of(1_000_000_000)));

        assertThat(flare.perMinute(Edge.Kind.TAG)).hasValue(100_000_000_000L);
    }
}
