package dev.freshet.plan;

import java.util.OptionalInt;

/** Where a message goes. */
public sealed interface Destination {
    /**
     * A stream of the cache.
     *
     * @param maxLength how many messages it keeps, roughly; empty: all
     */
    record Stream(CacheKey key, OptionalInt maxLength) implements Destination {}

    /** A channel of the cache. */
    record Channel(String name) implements Destination {}

    /**
     * A topic of a broker.
     *
     * @param key messages of one key keep their order: what the change is of, a row or a whole table
     */
    record Topic(String name, String key) implements Destination {}
}
