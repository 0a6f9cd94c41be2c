package dev.freshet.sidecar.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final AtomicLong now = new AtomicLong();
    private final Tally tally = new Tally(now::get);
    private final Product product = new Product(17, new History(1, 0));

    private static Sighting entry(long revision) {
        return new Sighting.Kept(revision);
    }

    private void commit(long revision, Duration at) {
        product.history().committed(revision, at.toNanos());
    }

    @Test
    void theNewestRevisionIsFresh() {
        commit(2, Duration.ofSeconds(1));

        tally.judge(product, () -> entry(2));

        assertThat(tally.freshness()).isEqualTo(new Freshness(1, 0, 0, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void anOlderRevisionIsStaleSinceTheFirstCommitItLacks() {
        commit(2, Duration.ofSeconds(1));
        commit(3, Duration.ofSeconds(4));
        now.set(Duration.ofSeconds(5).toNanos());

        tally.judge(product, () -> entry(1));

        assertThat(tally.freshness().stale()).isEqualTo(1);
        assertThat(tally.freshness().oldest()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void whatIsCommittedWhileTheReadRunsDoesNotMakeItStale() {
        tally.judge(product, () -> {
            commit(2, Duration.ofSeconds(1));
            return entry(1);
        });

        assertThat(tally.freshness().stale()).isZero();
    }

    @Test
    void anEntryNewerThanWhatWasKnownToBeCommittedIsFresh() {
        tally.judge(product, () -> entry(2));

        assertThat(tally.freshness().stale()).isZero();
    }

    @Test
    void anyEntryOfADeletedRowIsStale() {
        long deletion = 2;
        commit(deletion, Duration.ofSeconds(1));

        tally.judge(product, () -> entry(1));

        assertThat(tally.freshness().stale()).isEqualTo(1);
    }

    @Test
    void aReadThatTheDatabaseAnswersIsNotStale() {
        commit(2, Duration.ofSeconds(1));

        tally.judge(product, Sighting.FromDatabase::new);

        assertThat(tally.freshness()).isEqualTo(new Freshness(1, 0, 1, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void aPageFromTheOriginMayBeStaleAndIsCountedAsMissed() {
        commit(2, Duration.ofSeconds(1));
        now.set(Duration.ofSeconds(3).toNanos());

        tally.judge(product, () -> new Sighting.FromOrigin(OptionalLong.of(1)));

        assertThat(tally.freshness().stale()).isEqualTo(1);
        assertThat(tally.freshness().missed()).isEqualTo(1);
        assertThat(tally.freshness().oldest()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void noPageOfADeletedRowIsNotStale() {
        commit(2, Duration.ofSeconds(1));

        tally.judge(product, () -> new Sighting.FromOrigin(OptionalLong.empty()));

        assertThat(tally.freshness()).isEqualTo(new Freshness(1, 0, 1, Duration.ZERO, Duration.ZERO));
    }
}
