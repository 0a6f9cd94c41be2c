package dev.freshet.change;

/**
 * From where a source goes on, in the source's own words: everything before it has been delivered.
 *
 * @param text opaque to all but the source that made it; never empty, holds no secret
 */
public record SourcePosition(String text) {
    public SourcePosition {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a position is not empty");
        }
    }
}
