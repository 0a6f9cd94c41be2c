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
        return sent.load(Set.of(FIRST, SECOND));
    }

    @Test
    void nothingWasWrittenOfAPartitionThatNobodyAnnounced() throws TargetAwayException {
        sent.announce(new Positions(Map.of(FIRST, 5L)), NOON);

        assertThat(all()).isEqualTo(Map.of(FIRST, new SentPositions.UpTo(5, NOON)));
        assertThat(sent.load(Set.of())).isEmpty();
    }

    @Test
    void whatIsAnnouncedNextKeepsTheTimeOfTheFirstThatIsNotAcknowledged() throws TargetAwayException {
        sent.announce(new Positions(Map.of(FIRST, 5L)), NOON);
        sent.announce(new Positions(Map.of(FIRST, 9L, SECOND, 2L)), LATER);

        assertThat(all())
                .isEqualTo(Map.of(FIRST, new SentPositions.UpTo(9, NOON), SECOND, new SentPositions.UpTo(2, LATER)));
    }

    @Test
    void aMemberThatSpeaksLateTakesNothingBack() throws TargetAwayException {
        sent.announce(new Positions(Map.of(FIRST, 9L)), NOON);
        sent.announce(new Positions(Map.of(FIRST, 5L)), LATER);

        assertThat(all()).isEqualTo(Map.of(FIRST, new SentPositions.UpTo(9, NOON)));
    }

    @Test
    void onceAllIsAcknowledgedTimeBeginsAnew() throws TargetAwayException {
        sent.announce(new Positions(Map.of(FIRST, 5L)), NOON);
        sent.acknowledged(List.of(new SentPositions.Left(FIRST, Optional.empty())));
        assertThat(all()).isEmpty();

        sent.announce(new Positions(Map.of(FIRST, 6L)), LATER);

        assertThat(all()).isEqualTo(Map.of(FIRST, new SentPositions.UpTo(6, LATER)));
    }

    @Test
    void whatIsLeftOnceSomeIsAcknowledgedHasItsOwnTime() throws TargetAwayException {
        sent.announce(new Positions(Map.of(FIRST, 5L, SECOND, 2L)), NOON);
        sent.announce(new Positions(Map.of(FIRST, 9L)), LATER);

        sent.acknowledged(List.of(
                new SentPositions.Left(FIRST, Optional.of(LATER)), new SentPositions.Left(SECOND, Optional.empty())));

        assertThat(all()).isEqualTo(Map.of(FIRST, new SentPositions.UpTo(9, LATER)));
    }

    @Test
    void groupsDoNotSeeEachOther() throws TargetAwayException {
        sent.announce(new Positions(Map.of(FIRST, 5L)), NOON);

        assertThat(new ValkeySentPositions(connection, "another").load(Set.of(FIRST)))
                .isEmpty();
    }

    @Test
    void somethingElseUnderItsNameIsSaid() {
        server.commands().set("shop:freshet:shop:sent", "text");

        assertThatExceptionOfType(TargetAwayException.class)
                .isThrownBy(() -> sent.announce(new Positions(Map.of(FIRST, 5L)), NOON))
                .withMessageContaining("WRONGTYPE");
    }
}
