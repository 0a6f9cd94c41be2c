package dev.freshet.rules.edge;

import java.util.Optional;

/**
 * The header of a response in which an edge looks for the tags of the object.
 *
 * @param name empty: the edge's own settings name it
 * @param separator between two tags
 * @param longest bytes of it that the edge reads
 * @param most tags that the edge takes of one object
 * @param longestTag bytes of one tag
 * @param foldsCase whether {@code A} and {@code a} are one tag
 */
public record TagHeader(
        Optional<String> name, String separator, int longest, int most, int longestTag, boolean foldsCase) {
    static final int ANY = Integer.MAX_VALUE;

    /** Of an edge that tells cases apart and takes any number of tags. */
    TagHeader(String name, String separator, int longest) {
        this(Optional.of(name), separator, longest, ANY, 1_024, false);
    }

    /** Whether an object with some dozens of tags may lose some. */
    public boolean takesFew() {
        return most < ANY || longest <= Capabilities.KB;
    }

    TagHeader named(String other) {
        return new TagHeader(Optional.of(other), separator, longest, most, longestTag, foldsCase);
    }
}
