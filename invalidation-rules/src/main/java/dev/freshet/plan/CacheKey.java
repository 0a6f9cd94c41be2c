package dev.freshet.plan;

/**
 * The name of a cache entry as the rules make it, without the cache's own prefix.
 *
 * @param text never empty
 */
public record CacheKey(String text) {
    public CacheKey {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a cache key is not empty");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
