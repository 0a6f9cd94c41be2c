package dev.freshet.connector.kafka.producer;

import dev.freshet.connector.kafka.broker.Broker;
import dev.freshet.message.Answer;
import java.time.Duration;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * What an error means for the message that met it. One that says something of the message alone is for good; any other is waited out,
 * so that nothing is dropped because it was not understood.
 */
enum Verdict {
    /** Too large, or to a name that no topic can have. */
    REFUSED,
    /** It passes. */
    WAIT,
    /** A person must act; the client goes on. */
    WAIT_FOR_A_PERSON,
    /** The client may be of no use any more: the next message gets a new one. */
    BEGIN_ANEW;

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(10);

    static Verdict of(@Nullable Throwable error) {
        return switch (error) {
            case RecordTooLargeException large -> REFUSED;
            case InvalidTopicException name -> REFUSED;
            case TopicAuthorizationException forbidden -> WAIT_FOR_A_PERSON;
            case RetriableException weather -> WAIT;
            case null, default -> BEGIN_ANEW;
        };
    }

    Answer answer(@Nullable Throwable error) {
        String reason = Broker.reason(error);
        return switch (this) {
            case REFUSED -> new Answer.Refused("the broker refuses the message: " + reason);
            case WAIT -> new Answer.PutOff(SHORT, "the broker takes no messages: " + reason);
            case WAIT_FOR_A_PERSON, BEGIN_ANEW -> new Answer.PutOff(LONG, "the broker takes no messages: " + reason);
        };
    }
}
