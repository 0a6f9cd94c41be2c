package dev.freshet.write.valkey;

import dev.freshet.write.WriteResult;

/** What came of asking for a connection. */
sealed interface Attempt {
    record Linked(Link link) implements Attempt {}

    /** @param shut the server is there and lets this user or this database in only once a person has acted */
    record Away(WriteResult.RetryAfter why, boolean shut) implements Attempt {}
}
