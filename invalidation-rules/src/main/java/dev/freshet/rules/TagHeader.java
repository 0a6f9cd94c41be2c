package dev.freshet.rules;

import java.util.Optional;

/**
 * The header of a response in which an edge looks for the tags of the object.
 *
 * @param name empty: the edge's own settings name it
 * @param separator between two tags
 * @param longest bytes of it that the edge reads
 * @param most tags that the edge takes of one object
 */
public record TagHeader(Optional<String> name, String separator, int longest, int most) {
    private static final int ANY = Integer.MAX_VALUE;
    private static final int KB = 1_024;

    /** Of a make of edge; empty where it has no tags. */
    static Optional<TagHeader> of(Edge.Type type) {
        return switch (type) {
            case FASTLY -> named("Surrogate-Key", " ", 16 * KB, ANY);
            case CLOUDFLARE -> named("Cache-Tag", ",", 16 * KB, ANY);
            case CLOUDFRONT -> Optional.of(new TagHeader(Optional.empty(), ",", ANY, 50));
            case AKAMAI -> named("Edge-Cache-Tag", ",", 8 * KB, 128);
            case BUNNY -> named("CDN-Tag", ",", KB, ANY);
            case VARNISH -> named("xkey", " ", 8 * KB, ANY);
            case SOUIN -> named("Surrogate-Key", ", ", ANY, ANY);
            case NGINX -> Optional.empty();
        };
    }

    private static Optional<TagHeader> named(String name, String separator, int longest, int most) {
        return Optional.of(new TagHeader(Optional.of(name), separator, longest, most));
    }
}
