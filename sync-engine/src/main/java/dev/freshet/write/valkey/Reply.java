package dev.freshet.write.valkey;

import dev.freshet.write.WriteResult;

/** What came of one command. */
sealed interface Reply<T> {
    record Value<T>(T value) implements Reply<T> {}

    /** The server answered with an error. */
    record Refused<T>(String error) implements Reply<T> {}

    /** No answer: cut off or timed out. The server may have done it or may not. */
    record Lost<T>(WriteResult.RetryAfter why) implements Reply<T> {}
}
