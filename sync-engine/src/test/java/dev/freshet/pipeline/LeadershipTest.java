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

    /** As a cache keeps it; its clock goes on by a second with every claim. */
    private static final class Store implements LeadStore {
        private Lead held = new Lead(0, 0);
        private Instant now = Instant.EPOCH;
        private boolean away;

        @Override
        public Instant claim(Lead lead) throws TargetAwayException, StandDownException {
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
        Leadership often = new Leadership(store, Duration.ZERO);
        often.claim(FIRST);
        assertThat(often.ledAt()).isEqualTo(Instant.EPOCH.plusSeconds(2));

        Leadership seldom = new Leadership(store, Duration.ofHours(1));
        seldom.claim(SECOND);
        seldom.claim(SECOND);
        assertThat(seldom.ledAt()).isEqualTo(Instant.EPOCH.plusSeconds(3));
        assertThat(seldom.epoch()).isEqualTo(8);
    }

    @Test
    void oneThatLostItsLeadIsLateAtOnce() throws Exception {
        Leadership stopped = new Leadership(store, Duration.ZERO);
        stopped.claim(FIRST);
        store.claim(SECOND);

        assertThat(stopped.ledAt()).isEqualTo(Instant.EPOCH);
        assertThatExceptionOfType(StandDownException.class).isThrownBy(stopped::claimAgain);
        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> new Leadership(store, Duration.ZERO).claim(FIRST));
    }

    @Test
    void whileNobodyAnswersItStaysAtTheLastMomentThatIsKnown() throws Exception {
        Leadership leadership = new Leadership(store, Duration.ZERO);
        leadership.claim(FIRST);
        store.away = true;

        assertThat(leadership.ledAt()).isEqualTo(Instant.EPOCH.plusSeconds(1));
        assertThatExceptionOfType(TargetAwayException.class).isThrownBy(leadership::claimAgain);

        store.away = false;
        assertThat(leadership.ledAt()).isEqualTo(Instant.EPOCH.plusSeconds(2));
    }
}
