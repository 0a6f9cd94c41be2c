package dev.freshet.rules.yaml;

/**
 * A password or key.
 *
 * @param reveal its text, for the one place that needs it
 */
public record Secret(String reveal) {
    /** {@code ***}. */
    @Override
    public String toString() {
        return "***";
    }
}
