package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.LeadStore;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.write.TargetAwayException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private static final Lead FIRST = new Lead(1, 7);
    private static final Lead SECOND = new Lead(1, 8);

    private final Store store = new Store();
    private long nanos;

    /** As a cache keeps it; its clock goes on by a second with every claim. */
    private static final class Store implements LeadStore {
        private Lead held = new Lead(0, 0);
        private Instant now = Instant.EPOCH;
        private boolean away;
        private int asked;

        @Override
        public Instant claim(Lead lead) throws TargetAwayException, StandDownException {
            asked++;
            if (away) {
                throw new TargetAwayException("away");
            }
            if (held.text().compareTo(lead.text()) > 0) {
                throw new StandDownException("led");
            }
            held = lead;
            now = now.plusSeconds(1);
            return now;
        }
    }

    @Test
    void aLeadIsClaimedOnceAndAgainWhenThatWasLongAgo() throws Exception {
        Leadership leadership = leadership();
        leadership.claim(FIRST);
        leadership.claim(FIRST);
        assertThat(leadership.ledAt()).isEqualTo(Instant.EPOCH.plusSeconds(1));
        assertThat(leadership.epoch()).isEqualTo(7);

        passes(Duration.ofMillis(1_001));
        assertThat(leadership.ledAt()).isEqualTo(Instant.EPOCH.plusSeconds(2));
    }

    @Test
    void oneThatLostItsLeadIsLateAtOnce() throws Exception {
        Leadership stopped = leadership();
        stopped.claim(FIRST);
        store.claim(SECOND);
        passes(Duration.ofMinutes(1));

        assertThat(stopped.ledAt()).isEqualTo(Instant.EPOCH);
        assertThatExceptionOfType(StandDownException.class).isThrownBy(stopped::claimAgain);
        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> leadership().claim(FIRST));
    }

    @Test
    void whileNobodyAnswersItStaysAtTheLastMomentThatIsKnown() throws Exception {
        Leadership leadership = leadership();
        leadership.claim(FIRST);
        store.away = true;
        passes(Duration.ofSeconds(2));

        assertThat(leadership.ledAt()).isEqualTo(Instant.EPOCH.plusSeconds(1));
        assertThat(leadership.ledAt()).isEqualTo(Instant.EPOCH.plusSeconds(1));
        assertThat(store.asked).as("asked once in a while").isEqualTo(2);
        assertThatExceptionOfType(TargetAwayException.class).isThrownBy(leadership::claimAgain);

        store.away = false;
        passes(Duration.ofSeconds(2));
        assertThat(leadership.ledAt()).isEqualTo(Instant.EPOCH.plusSeconds(2));
    }

    private Leadership leadership() {
        return new Leadership(store, Duration.ofHours(1), () -> nanos);
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
    }
}
