package dev.freshet.rules.edge;

import java.util.Map;
import java.util.Optional;

/**
 * What a provider grants for a price.
 *
 * @param name as the file says it; empty where there is only one
 * @param rates by kind; a kind without one is taken as fast as it is answered
 */
public record Plan(String name, Map<Edge.Kind, Rate> rates) {
    public Plan {
        rates = Map.copyOf(rates);
    }

    Optional<Rate> rate(Edge.Kind kind) {
        return Optional.ofNullable(rates.get(kind));
    }
}
