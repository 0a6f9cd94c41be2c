package dev.freshet.sidecar.demo;

import java.util.OptionalLong;

/** What a reader got. */
sealed interface Sighting {
    /** What the cache or the edge that was asked had itself. */
    record Kept(long revision) implements Sighting {}

    /** Nothing from the cache, so the database was asked. */
    record FromDatabase() implements Sighting {}

    /** What the edge got from the origin, which may be outdated too; empty where there is no such page. */
    record FromOrigin(OptionalLong revision) implements Sighting {}
}
