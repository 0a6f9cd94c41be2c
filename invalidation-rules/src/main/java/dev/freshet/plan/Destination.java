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

    /** A topic of a broker. */
    record Topic(String name) implements Destination {}
}
