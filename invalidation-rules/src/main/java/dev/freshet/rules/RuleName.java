package dev.freshet.rules;

/**
 * The name of a rule, unique over all files; also a label of metrics.
 *
 * @param text {@code [a-z0-9_-]+}
 */
public record RuleName(String text) {
    @Override
    public String toString() {
        return text;
    }
}
