package dev.freshet.servers;

/** The caches that tests run against. */
public enum CacheRelease {
    /** Valkey; on a machine without it, {@link #REDIS_6_2}. */
    VALKEY,
    /** The oldest server whose script engine Freshet supports. */
    REDIS_6_2
}
