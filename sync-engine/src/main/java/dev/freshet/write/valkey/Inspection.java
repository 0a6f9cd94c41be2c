package dev.freshet.write.valkey;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One entry and its fence at one moment.
 *
 * @param name the server's name of the entry, prefix included
 * @param cached what readers see
 * @param expiresIn how long they see it; empty: until it is removed, or there is nothing to see
 * @param guard the fence; empty where the key was not written for longer than the fence window
 */
public record Inspection(String name, Cached cached, Optional<Duration> expiresIn, Optional<Guard> guard) {
    /** What stands at the key. */
    public sealed interface Cached {
        record Absent() implements Cached {}

        record Text(String value) implements Cached {}

        record Hash(Map<String, String> fields) implements Cached {}

        /** Something that Freshet does not write. */
        record Other(String type) implements Cached {}
    }

    /**
     * The fence and its remaining life.
     *
     * @param expiresIn what is left of the fence window
     */
    public record Guard(Fence fence, Duration expiresIn) {}
}
