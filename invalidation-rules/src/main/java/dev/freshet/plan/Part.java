package dev.freshet.plan;

import java.util.List;
import java.util.TreeSet;

/** What one row owns of an entry that it shares with others: its name within the entry. */
public sealed interface Part {
    /** Unique among the parts of one entry and one kind; what a fence is kept under. */
    String id();

    /** The fields of a hash that one put names, in order. Puts that share a key name different fields. */
    record Fields(List<String> names) implements Part {
        public Fields {
            names = List.copyOf(new TreeSet<>(names));
        }

        @Override
        public String id() {
            return String.join("\0", names);
        }

        @Override
        public String toString() {
            return String.join(",", names);
        }
    }

    /** One field of a hash. */
    record Field(String name) implements Part {
        @Override
        public String id() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** One member of a set. */
    record SetMember(String text) implements Part {
        @Override
        public String id() {
            return text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** One member of a sorted set, whatever its score. */
    record SortedSetMember(String text) implements Part {
        @Override
        public String id() {
            return text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
