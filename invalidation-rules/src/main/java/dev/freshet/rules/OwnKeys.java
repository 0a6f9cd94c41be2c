package dev.freshet.rules;

/** The names in the cache, after its prefix, under which Freshet keeps its own bookkeeping: no rule may use them. */
public final class OwnKeys {
    /** What such a name begins with. */
    public static final String PREFIX = "freshet:";

    private OwnKeys() {}

    /** Whether a key is one of them. */
    public static boolean contain(String key) {
        return key.startsWith(PREFIX);
    }
}
