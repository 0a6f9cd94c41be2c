package dev.freshet.servers;

/** What a cache still knows after it was stopped or killed. */
public enum CacheMemory {
    /** Nothing. */
    LOST,
    /** Everything it acknowledged. */
    KEPT
}
