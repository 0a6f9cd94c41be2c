package dev.freshet.write.valkey;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

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

        /**
         * A set.
         *
         * @param count of all its members
         * @param some of them
         */
        record Members(long count, List<String> some) implements Cached {
            public Members {
                some = List.copyOf(some);
            }
        }

        /**
         * A sorted set.
         *
         * @param count of all its members
         * @param lowest those of the lowest scores, with their scores, in order
         */
        record Scored(long count, SequencedMap<String, String> lowest) implements Cached {
            public Scored {
                lowest = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(lowest));
            }
        }

        /**
         * A stream.
         *
         * @param count of all its messages
         * @param newest the last ones, the last of all first
         */
        record Messages(long count, List<Message> newest) implements Cached {
            public Messages {
                newest = List.copyOf(newest);
            }
        }

        /** Something that Freshet does not write. */
        record Other(String type) implements Cached {}
    }

    /** A message of a stream. */
    public record Message(String id, SequencedMap<String, String> fields) {
        public Message {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }
    }

    /**
     * The fence and its remaining life.
     *
     * @param expiresIn what is left of the fence window
     */
    public record Guard(Fence fence, Duration expiresIn) {}
}
