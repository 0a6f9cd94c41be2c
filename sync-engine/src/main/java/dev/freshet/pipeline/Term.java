package dev.freshet.pipeline;

import dev.freshet.checkpoint.Lead;

/**
 * What all members of a group have in common until everything is read again. A partition whose position was stored in another term is
 * read from its beginning.
 *
 * @param epoch of the versions; grows from term to term
 * @param name tells it from others, also where a cache that lost its memory lost the epoch with it
 */
public record Term(int epoch, String name) {
    /** Nobody leads a group: its members write beside each other. */
    Lead lead() {
        return new Lead(epoch, 0);
    }
}
