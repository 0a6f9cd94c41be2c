package dev.freshet.connector.backfill;

import java.util.Optional;

/**
 * A backfill that nobody works at any more.
 *
 * @param id as it was asked for
 * @param failure why not all of it was done; empty where it was
 */
public record Ended(String id, Optional<String> failure) {
    static Ended done(String id) {
        return new Ended(id, Optional.empty());
    }

    static Ended failed(String id, String failure) {
        return new Ended(id, Optional.of(failure));
    }
}
