package dev.freshet.connector.kafka.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.message.Answer;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {
    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new RecordTooLargeException("2 MB"), Verdict.REFUSED),
                Arguments.of(new InvalidTopicException("a b"), Verdict.REFUSED),
                Arguments.of(new TimeoutException("15 s"), Verdict.WAIT),
                Arguments.of(new UnknownTopicOrPartitionException("t"), Verdict.WAIT),
                Arguments.of(new NotEnoughReplicasException("1 of 2"), Verdict.WAIT),
                Arguments.of(new TopicAuthorizationException(Set.of("t")), Verdict.WAIT_FOR_A_PERSON),
                Arguments.of(new ClusterAuthorizationException("no"), Verdict.BEGIN_ANEW),
                Arguments.of(new SaslAuthenticationException("no"), Verdict.BEGIN_ANEW),
                Arguments.of(new OutOfOrderSequenceException("7"), Verdict.BEGIN_ANEW),
                Arguments.of(new UnknownServerException("?"), Verdict.BEGIN_ANEW),
                Arguments.of(new ConfigException("?"), Verdict.BEGIN_ANEW),
                Arguments.of(new KafkaException("?"), Verdict.BEGIN_ANEW));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void onlyWhatTheMessageItselfIsToBlameForIsForGood(Throwable error, Verdict expected) {
        Verdict verdict = Verdict.of(error);

        assertThat(verdict).isEqualTo(expected);
        assertThat(verdict.answer(error) instanceof Answer.Refused).isEqualTo(expected == Verdict.REFUSED);
        assertThat(verdict.answer(error).toString()).contains(String.valueOf(error.getMessage()));
    }

    @Test
    void anErrorThatSaysNothingIsWaitedOut() {
        assertThat(Verdict.of(null).answer(null)).isInstanceOf(Answer.PutOff.class);
    }
}
