package dev.freshet.write.edge;

import java.time.Duration;

/** What became of a {@link PurgeCall}. Reasons are for people, and hold no secret. */
public sealed interface PurgeReply {
    /** The provider took all of it. */
    record Accepted() implements PurgeReply {}

    /**
     * The provider's limit is reached; nothing was purged.
     *
     * @param after when it may take more, as it says; zero where it says nothing
     */
    record Limited(Duration after, String reason) implements PurgeReply {}

    /**
     * It failed, is away or too slow; whether anything was purged is not known.
     *
     * @param after as it asks for; zero where it says nothing
     */
    record Failed(Duration after, String reason) implements PurgeReply {}

    /** It lets nobody in with these credentials: a person has to act, and the purges wait for that. */
    record Shut(String reason) implements PurgeReply {}

    /** Fewer names at once might do. */
    record TooLarge(String reason) implements PurgeReply {}

    /** It will never take this call; perhaps for one of its names alone. */
    record Refused(String reason) implements PurgeReply {}
}
