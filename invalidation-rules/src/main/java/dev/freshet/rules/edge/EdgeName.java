package dev.freshet.rules.edge;

/**
 * The name of an edge, as rules call it; also a label of metrics.
 *
 * @param text {@code [a-z0-9_-]+}
 */
public record EdgeName(String text) {
    @Override
    public String toString() {
        return text;
    }
}
