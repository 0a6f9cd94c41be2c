package dev.freshet.sidecar.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.SourcePosition;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.Owed;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.rules.Fingerprint;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResyncWaitTest {
    private static final ResyncRequest OWN = new ResyncRequest("own");
    private static final Optional<Integer> BEFORE = Optional.of(7);

    private static Optional<Checkpoint> checkpoint(int epoch, String position) {
        return Optional.of(new Checkpoint(
                new SourcePosition(position), "7/1", epoch, new Basis(new Fingerprint("0f"), new Fingerprint("f0"))));
    }

    private static ResyncWait.Stage stage(Optional<ResyncRequest> waiting, Optional<Checkpoint> checkpoint) {
        return ResyncWait.stage(OWN, waiting, checkpoint, BEFORE);
    }

    @Test
    void fromTheRequestToTheEndOfTheSweep() {
        assertThat(stage(Optional.of(OWN), checkpoint(7, "{\"lsn\":5}")))
                .isEqualTo(new ResyncWait.Stage.Underway("waiting for Freshet to hear of it"));
        assertThat(stage(Optional.of(OWN), checkpoint(8, "{\"lsn\":5,\"snapshot\":true}")))
                .isEqualTo(new ResyncWait.Stage.Underway("reading the tables"));
        assertThat(stage(Optional.empty(), checkpoint(8, "{\"lsn\":5}").map(done -> done.owing(Owed.EVERYTHING))))
                .isEqualTo(new ResyncWait.Stage.Underway("removing entries without a row"));
        assertThat(stage(Optional.empty(), checkpoint(8, "{\"lsn\":5}"))).isEqualTo(new ResyncWait.Stage.Done());
    }

    @Test
    void whoeverAsksAgainIsWaitedForToo() {
        assertThat(stage(Optional.of(new ResyncRequest("other")), checkpoint(8, "{\"lsn\":5}")))
                .isInstanceOf(ResyncWait.Stage.Underway.class);
    }

    @Test
    void aRequestThatTheCacheLostIsNotTakenForAnswered() {
        assertThat(stage(Optional.empty(), checkpoint(7, "{\"lsn\":5}"))).isInstanceOf(ResyncWait.Stage.Lost.class);
        assertThat(stage(Optional.empty(), Optional.empty())).isInstanceOf(ResyncWait.Stage.Lost.class);
    }
}
