package dev.freshet.write;

import java.time.Duration;

/** What became of one operation. */
public sealed interface WriteResult {
    /** Done, and acknowledged by the target. */
    record Applied() implements WriteResult {}

    /** The target already holds something newer, or another row owns the entry: nothing to do. */
    record Superseded() implements WriteResult {}

    /** The target could not take it now. */
    record RetryAfter(Duration delay, String reason) implements WriteResult {}

    /** It came too long after it was planned: whoever planned it must look again whether it still leads. */
    record Late() implements WriteResult {}

    /** The target will never take it. */
    record Rejected(String reason) implements WriteResult {}
}
