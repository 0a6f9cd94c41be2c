package dev.freshet.message;

import java.time.Duration;

/** What became of one message. */
public sealed interface Answer {
    /** It is where it should be, and that was acknowledged. */
    record Taken() implements Answer {}

    /** It could not be taken now, or nobody knows whether it was: it has to be sent again. */
    record PutOff(Duration delay, String reason) implements Answer {}

    /** It will never be taken. */
    record Refused(String reason) implements Answer {}
}
