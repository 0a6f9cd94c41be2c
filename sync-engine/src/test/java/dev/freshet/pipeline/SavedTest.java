package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.SourcePosition;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.rules.Fingerprint;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SavedTest {
    private final Saved saved = new Saved();

    private static Checkpoint at(String position) {
        Fingerprint any = new Fingerprint("0f");
        return new Checkpoint(new SourcePosition(position), "db", 1, new Basis(any, any));
    }

    @Test
    void whoeverSavedNothingMissesNothing() {
        assertThat(saved.isMissedIn(Optional.empty())).isFalse();
        assertThat(saved.isMissedIn(Optional.of(at("1")))).isFalse();
        saved.isTried(at("2"));
        assertThat(saved.isMissedIn(Optional.of(at("1")))).isFalse();
    }

    @Test
    void whatWasSavedIsMissedWhereAnotherOneStandsOrNone() {
        saved.isTried(at("1"));
        saved.isSaved();
        assertThat(saved.isMissedIn(Optional.of(at("1")))).isFalse();
        assertThat(saved.isMissedIn(Optional.of(at("0")))).isTrue();
        assertThat(saved.isMissedIn(Optional.empty())).isTrue();
    }

    @Test
    void whereNoAnswerCameEitherMayStand() {
        saved.isTried(at("1"));
        saved.isSaved();
        saved.isTried(at("2"));
        assertThat(saved.isMissedIn(Optional.of(at("1")))).isFalse();
        assertThat(saved.isMissedIn(Optional.of(at("2")))).isFalse();
        assertThat(saved.isMissedIn(Optional.of(at("3")))).isTrue();
    }
}
