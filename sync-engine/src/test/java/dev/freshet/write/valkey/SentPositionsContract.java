package dev.freshet.write.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.write.TargetAwayException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is kept of how far partitions were written, whichever server it is in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SentPositionsContract {
    private static final Partition FIRST = new Partition("shop.product", 0);
    private static final Partition SECOND = new Partition("shop.product", 1);
    /** Greater than the greatest signed number, as an epoch may be. */
    private static final int TERM = -7;

    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    private final TestServer.Program program;
    private TestServer server;
    private ValkeyConnection connection;
    private SentPositions sent;

    @SuppressWarnings("NullAway.Init")
    SentPositionsContract(TestServer.Program program) {
        this.program = program;
    }

    @BeforeAll
    void start() {
        server = TestServer.start(program);
        connection = new ValkeyConnection(new ValkeyTarget(server.uri(), "shop:", Duration.ofMinutes(10)));
    }

    @AfterAll
    void stop() {
        connection.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        server.commands().flushall();
        sent = new ValkeySentPositions(connection, "shop");
    }

    private Map<Partition, SentPositions.UpTo> all() throws TargetAwayException {
        return sent.load(TERM, Set.of(FIRST, SECOND));
    }

    private Map<Partition, SentPositions.Announced> announce(Map<Partition, Long> upTo, Instant at)
            throws TargetAwayException {
        return sent.announce(TERM, new Positions(upTo), at);
    }

    private void acknowledged(SentPositions.Left... left) throws TargetAwayException {
        sent.acknowledged(TERM, List.of(left));
    }

    private static SentPositions.Announced announced(OptionalLong before, long upTo, Instant since) {
        return new SentPositions.Announced(before, new SentPositions.UpTo(upTo, since));
    }

    @Test
    void nothingWasWrittenOfAPartitionThatNobodyAnnounced() throws TargetAwayException {
        announce(Map.of(FIRST, 5L), NOON);

        assertThat(all()).isEqualTo(Map.of(FIRST, new SentPositions.UpTo(5, NOON)));
        assertThat(sent.load(TERM, Set.of())).isEmpty();
    }

    @Test
    void whatIsAnnouncedNextKeepsTheTimeOfTheFirstThatIsNotAcknowledged() throws TargetAwayException {
        announce(Map.of(FIRST, 5L), NOON);
        announce(Map.of(FIRST, 9L, SECOND, 2L), LATER);

        assertThat(all())
                .isEqualTo(Map.of(FIRST, new SentPositions.UpTo(9, NOON), SECOND, new SentPositions.UpTo(2, LATER)));
    }

    @Test
    void aMemberThatSpeaksLateTakesNothingBack() throws TargetAwayException {
        announce(Map.of(FIRST, 9L), NOON);
        announce(Map.of(FIRST, 5L), LATER);

        assertThat(all()).isEqualTo(Map.of(FIRST, new SentPositions.UpTo(9, NOON)));
    }

    @Test
    void whoeverAnnouncesHearsOfWhatOthersHaveWritten() throws TargetAwayException {
        assertThat(announce(Map.of(FIRST, 9L), NOON))
                .isEqualTo(Map.of(FIRST, announced(OptionalLong.empty(), 9, NOON)));

        assertThat(announce(Map.of(FIRST, 5L, SECOND, 2L), LATER))
                .isEqualTo(Map.of(
                        FIRST, announced(OptionalLong.of(9), 9, NOON),
                        SECOND, announced(OptionalLong.empty(), 2, LATER)));
        assertThat(announce(Map.of(FIRST, 11L), LATER))
                .isEqualTo(Map.of(FIRST, announced(OptionalLong.of(9), 11, NOON)));
        assertThat(announce(Map.of(), LATER)).isEmpty();
    }

    @Test
    void whoeverDoesNotKnowOfAllThatWasWrittenCannotSayThatNothingIsLeft() throws TargetAwayException {
        announce(Map.of(FIRST, 5L), NOON);
        announce(Map.of(FIRST, 9L), LATER);

        acknowledged(new SentPositions.Left(FIRST, 5, Optional.empty()));
        acknowledged(new SentPositions.Left(FIRST, 5, Optional.of(LATER)));
        acknowledged(new SentPositions.Left(SECOND, 5, Optional.of(LATER)));

        assertThat(all()).isEqualTo(Map.of(FIRST, new SentPositions.UpTo(9, NOON)));
    }

    @Test
    void whatAnotherTermHasWrittenIsOfNoAccount() throws TargetAwayException {
        announce(Map.of(FIRST, 9L, SECOND, 9L), NOON);

        assertThat(sent.load(TERM + 1, Set.of(FIRST))).isEmpty();
        assertThat(sent.announce(TERM + 1, new Positions(Map.of(FIRST, 2L)), LATER))
                .isEqualTo(Map.of(FIRST, announced(OptionalLong.empty(), 2, LATER)));
        // A member of the term that is over.
        assertThat(announce(Map.of(FIRST, 10L), LATER)).isEmpty();
        acknowledged(new SentPositions.Left(FIRST, 10, Optional.empty()));

        assertThat(all()).isEmpty();
        assertThat(sent.load(TERM + 1, Set.of(FIRST, SECOND)))
                .isEqualTo(Map.of(FIRST, new SentPositions.UpTo(2, LATER)));
    }

    @Test
    void onceAllIsAcknowledgedTimeBeginsAnew() throws TargetAwayException {
        announce(Map.of(FIRST, 5L), NOON);
        acknowledged(new SentPositions.Left(FIRST, 5, Optional.empty()));
        assertThat(all()).isEmpty();

        announce(Map.of(FIRST, 6L), LATER);

        assertThat(all()).isEqualTo(Map.of(FIRST, new SentPositions.UpTo(6, LATER)));
    }

    @Test
    void whatIsLeftOnceSomeIsAcknowledgedHasItsOwnTime() throws TargetAwayException {
        announce(Map.of(FIRST, 5L, SECOND, 2L), NOON);
        announce(Map.of(FIRST, 9L), LATER);

        acknowledged(
                new SentPositions.Left(FIRST, 9, Optional.of(LATER)),
                new SentPositions.Left(SECOND, 2, Optional.empty()));

        assertThat(all()).isEqualTo(Map.of(FIRST, new SentPositions.UpTo(9, LATER)));
    }

    @Test
    void groupsDoNotSeeEachOther() throws TargetAwayException {
        announce(Map.of(FIRST, 5L), NOON);

        assertThat(new ValkeySentPositions(connection, "another").load(TERM, Set.of(FIRST)))
                .isEmpty();
    }

    @Test
    void somethingElseUnderItsNameIsSaid() {
        server.commands().set("shop:freshet:shop:sent", "text");

        assertThatExceptionOfType(TargetAwayException.class)
                .isThrownBy(() -> announce(Map.of(FIRST, 5L), NOON))
                .withMessageContaining("WRONGTYPE");
    }
}
