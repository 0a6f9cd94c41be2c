package dev.freshet.rules.edge;

import java.util.List;

/**
 * A key of an edge that its provider alone understands.
 *
 * @param says what it is, for people
 */
public record EdgeKey(String name, Form form, boolean isRequired, String says) {
    /** What stands under it. */
    public sealed interface Form {
        /** Any text of printable ASCII but none. */
        record Text() implements Form {}

        /** A method of HTTP, or the name of a header. */
        record Token() implements Form {}

        /** A text of printable ASCII that is not shown again. */
        record Hidden() implements Form {}

        /** One of some words. */
        record Word(List<String> words) implements Form {
            public Word {
                words = List.copyOf(words);
            }
        }

        /** An address that begins with {@code http://} or {@code https://}. */
        record Address() implements Form {}

        /** Addresses, at least one. */
        record Addresses() implements Form {}

        /** Texts, at least one. */
        record Texts() implements Form {}

        /** Texts of printable ASCII by headers' names; they may be secrets. */
        record Headers() implements Form {}
    }
}
