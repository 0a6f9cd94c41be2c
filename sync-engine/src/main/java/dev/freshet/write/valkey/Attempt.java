package dev.freshet.write.valkey;

import dev.freshet.write.WriteResult;

/** What came of asking for a connection. */
sealed interface Attempt {
    record Linked(Link link) implements Attempt {}

    record Away(WriteResult.RetryAfter why) implements Attempt {}
}
