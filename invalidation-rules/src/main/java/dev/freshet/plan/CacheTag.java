package dev.freshet.plan;

/**
 * A tag under which cache entries are registered, without the cache's own prefix.
 *
 * @param text never empty
 */
public record CacheTag(String text) {
    public CacheTag {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a tag is not empty");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
