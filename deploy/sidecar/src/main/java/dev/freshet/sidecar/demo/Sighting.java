package dev.freshet.sidecar.demo;

/** What a reader got. */
sealed interface Sighting {
    /** An entry of the cache. */
    record Entry(long revision) implements Sighting {}

    /** Nothing from the cache, so the database was asked. */
    record FromDatabase() implements Sighting {}
}
