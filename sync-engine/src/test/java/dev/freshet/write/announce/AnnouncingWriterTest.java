package dev.freshet.write.announce;

import static dev.freshet.write.announce.Some.invalidate;
import static dev.freshet.write.announce.Some.put;
import static dev.freshet.write.announce.Some.sweep;
import static dev.freshet.write.announce.Some.toChannel;
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
import dev.freshet.write.Sweeping;
import dev.freshet.write.WriteResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncingWriterTest {
    private final Written others = new Written();
    private final AnnouncingWriter writer = new AnnouncingWriter(others, others, new Announcements("e", "p:"));

    private List<WriteResult> write(Operation... operations) throws InterruptedException {
        return writer.write(List.of(operations), others.terms());
    }

    @Test
    void whatWasAppliedIsToldAndNothingElseIs() throws Exception {
        WriteResult rejected = new WriteResult.Rejected("too large");
        others.results(APPLIED, SUPERSEDED, LATER, LATE, rejected, APPLIED, APPLIED);

        assertThat(write(
                        put("a", 1),
                        put("b", 2),
                        put("c", 3),
                        put("d", 4),
                        put("e", 5),
                        invalidate("f", 6),
                        toChannel("c", "{}", 7)))
                .containsExactly(APPLIED, SUPERSEDED, LATER, LATE, rejected, APPLIED, APPLIED);
        assertThat(others.told()).containsExactly("e/p:a", "e/p:f");
    }

    @Test
    void whatCannotBeToldNowIsWrittenAgain() throws Exception {
        others.answers(TAKEN, PUT_OFF, TAKEN);

        assertThat(write(put("a", 1), put("b", 2), put("c", 3))).containsExactly(APPLIED, AGAIN, APPLIED);
    }

    @Test
    void whatIsSaidOfOneKeyComesAgainTogetherSoThatTheLastWordIsTheLast() throws Exception {
        others.answers(TAKEN, PUT_OFF, TAKEN, TAKEN);

        assertThat(write(put("a", 1), put("b", 2), put("b", 3), put("a", 4)))
                .containsExactly(APPLIED, AGAIN, AGAIN, APPLIED);
    }

    @Test
    void whatIsRefusedForGoodIsRejectedAndStopsNothingElse() throws Exception {
        others.answers(new Answer.Refused("too large"), TAKEN);

        assertThat(write(put("a", 1), put("b", 2))).containsExactly(new WriteResult.Rejected("too large"), APPLIED);
    }

    @Test
    void nobodyIsAskedWhereNothingIsToBeTold() throws Exception {
        others.results(SUPERSEDED).answers(PUT_OFF);

        assertThat(write(put("a", 1))).containsExactly(SUPERSEDED);
        assertThat(others.sent).isEmpty();
    }

    @Test
    void aSweepIsToldBehindItsLastPage() throws Exception {
        others.pages.addAll(List.of(new Sweeping.Step.More(), new Sweeping.Step.Last()));
        Sweeping sweeping = writer.sweeping(List.of(sweep()));

        assertThat(sweeping.next(others.terms())).isEqualTo(new Sweeping.Step.More());
        assertThat(others.told()).isEmpty();
        assertThat(sweeping.next(others.terms())).isEqualTo(new Sweeping.Step.Last());
        assertThat(others.told()).containsExactly("e/match p:product:*");
    }

    @Test
    void aSweepThatCannotBeToldIsNotOverAndIsNotSweptAgain() throws Exception {
        others.pages.add(new Sweeping.Step.Last());
        others.answers(PUT_OFF).answers(new Answer.Refused("no"));
        Sweeping sweeping = writer.sweeping(List.of(sweep()));

        assertThat(sweeping.next(others.terms()))
                .isEqualTo(new Sweeping.Step.PutOff(Duration.ofSeconds(2), "no broker"));
        assertThat(sweeping.next(others.terms())).isInstanceOf(Sweeping.Step.PutOff.class);
        assertThat(sweeping.next(others.terms())).isEqualTo(new Sweeping.Step.Last());
        assertThat(others.told()).hasSize(3).containsOnly("e/match p:product:*");
    }
}
