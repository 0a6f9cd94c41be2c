package dev.freshet.write.announce;

import static dev.freshet.write.announce.Some.put;
import static dev.freshet.write.announce.Some.toChannel;
import static dev.freshet.write.announce.Some.toTopic;
import static dev.freshet.write.announce.Written.AGAIN;
import static dev.freshet.write.announce.Written.APPLIED;
import static dev.freshet.write.announce.Written.LATE;
import static dev.freshet.write.announce.Written.LATER;
import static dev.freshet.write.announce.Written.PUT_OFF;
import static dev.freshet.write.announce.Written.SUPERSEDED;
import static dev.freshet.write.announce.Written.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.message.Answer;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicWriterTest {
    private final Written others = new Written();
    private final TopicWriter writer = new TopicWriter(others, others);

    private List<WriteResult> write(Operation... operations) throws InterruptedException {
        return writer.write(List.of(operations), others.terms());
    }

    @Test
    void topicsGoToTheBrokerAndTheRestToTheOtherWriter() throws Exception {
        Operation put = put("a", 1);
        Operation channel = toChannel("c", "{}", 1);
        others.results(SUPERSEDED, APPLIED);

        assertThat(write(toTopic("t", "row/1", "{}", 1), put, channel, toTopic("u", "row/1", "{}", 1)))
                .containsExactly(APPLIED, SUPERSEDED, APPLIED, APPLIED);
        assertThat(others.written).containsExactly(put, channel);
        assertThat(others.told()).containsExactly("t/row/1", "u/row/1");
    }

    @Test
    void messagesWaitUntilAllThatCameWithThemIsWritten() throws Exception {
        others.results(APPLIED, LATER);

        assertThat(write(put("a", 1), put("b", 1), toTopic("t", "row/1", "{}", 1)))
                .containsExactly(APPLIED, LATER, LATER);
        assertThat(others.sent).isEmpty();
    }

    @Test
    void nothingIsToldOnceAnotherLeads() throws Exception {
        others.anotherLeads();

        assertThat(write(toTopic("t", "row/1", "{}", 1))).containsExactly(LATE);
        assertThat(others.sent).isEmpty();
    }

    @Test
    void whatIsSaidOfOneRowComesAgainTogetherAndInItsOrder() throws Exception {
        others.answers(TAKEN, TAKEN, PUT_OFF, TAKEN);

        assertThat(write(
                        toTopic("t", "row/1", "1", 1),
                        toTopic("t", "row/2", "2", 2),
                        toTopic("t", "row/1", "3", 3),
                        toTopic("u", "row/1", "4", 3)))
                .containsExactly(AGAIN, APPLIED, AGAIN, APPLIED);
    }

    @Test
    void whatIsRefusedForGoodIsRejectedAndStopsNothingElse() throws Exception {
        others.answers(new Answer.Refused("too large"), TAKEN);

        assertThat(write(toTopic("t", "row/1", "1", 1), toTopic("t", "row/1", "2", 2)))
                .containsExactly(new WriteResult.Rejected("too large"), APPLIED);
    }

    @Test
    void headersTellWhatIsRepeated() throws Exception {
        write(
                toTopic("t", "row/1", "{}", 1),
                toTopic("t", "row/1", "{}", 1),
                toTopic("u", "row/1", "{}", 1),
                toTopic("t", "row/1", "{}", 2));

        assertThat(others.sent.stream().map(message -> message.headers().get("freshet.number")))
                .containsExactly("0", "1", "0", "0");
        assertThat(others.sent.getFirst().headers())
                .containsEntry("freshet.rule", "product")
                .containsEntry("freshet.version", "1-00000000000000ab-0000000000000001-2")
                .containsEntry("freshet.order", "0000000100000000000000ab000000000000000100000002")
                .containsEntry("freshet.committed_at", "2026-03-01T12:00:00.123456Z");
    }
}
