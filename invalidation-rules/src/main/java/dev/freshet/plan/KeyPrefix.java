package dev.freshet.plan;

/**
 * What keys of cache entries begin with, without the cache's own prefix.
 *
 * @param text never empty
 */
public record KeyPrefix(String text) {
    public KeyPrefix {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a prefix is not empty");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
