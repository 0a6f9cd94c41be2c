package dev.freshet.plan;

/** What a purge takes out of one edge. */
public sealed interface EdgeTarget {
    /** Objects that carry a tag. */
    record Tagged(EdgeTag tag) implements EdgeTarget {}

    /** One URL, its values percent-encoded. */
    record Url(String url) implements EdgeTarget {}

    /** Objects whose URL begins so, values percent-encoded. */
    record UrlPrefix(String prefix) implements EdgeTarget {}

    /** Every object of a host. */
    record Host(String host) implements EdgeTarget {}

    /** Every object. */
    record Everything() implements EdgeTarget {}
}
