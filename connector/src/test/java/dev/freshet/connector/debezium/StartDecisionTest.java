package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.SourcePosition;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.connector.schema.Comparison;
import dev.freshet.rules.Fingerprint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartDecisionTest {
    private static final String SERVER = "7/1";
    private static final Comparison SAME = new Comparison(Optional.empty(), Optional.empty(), List.of());
    private static final Basis BASIS = new Basis(new Fingerprint("0f"), new Fingerprint("f0"));

    @Test
    void aCheckpointBetweenTheSlotAndTheLogsEndIsWhereToGoOn() {
        assertThat(StartDecision.of(checkpoint(SERVER, 200), false, BASIS, true, SAME, server(slot(150, false), 300)))
                .isInstanceOf(StartDecision.Resume.class);
    }

    @Test
    void nothingAtAllIsAFirstStart() {
        assertThat(StartDecision.of(Optional.empty(), false, BASIS, true, SAME, server(Optional.empty(), 300)))
                .isInstanceOf(StartDecision.First.class);
    }

    @Test
    void whatWasAskedForIsDoneWhateverTheCheckpointSays() {
        assertThat(StartDecision.of(checkpoint(SERVER, 200), true, BASIS, true, SAME, server(slot(150, false), 300)))
                .isInstanceOf(StartDecision.Asked.class);
        assertThat(StartDecision.of(checkpoint("8/1", 200), true, BASIS, true, SAME, server(slot(150, true), 300)))
                .isInstanceOf(StartDecision.Asked.class);
        assertThat(StartDecision.of(Optional.empty(), true, BASIS, true, SAME, server(slot(150, false), 300)))
                .isInstanceOf(StartDecision.Asked.class);
        assertThat(StartDecision.of(Optional.empty(), true, BASIS, true, SAME, server(Optional.empty(), 300)))
                .isInstanceOf(StartDecision.First.class);
    }

    @Test
    void aSlotWithoutACheckpointIsAGap() {
        assertGap(Optional.empty(), server(slot(150, false), 300), "the cache lost its memory");
    }

    @Test
    void aSlotThatIsGoneIsAGap() {
        assertGap(checkpoint(SERVER, 200), server(Optional.empty(), 300), "slot is gone");
    }

    @Test
    void aSlotAheadOfTheCheckpointIsAGap() {
        assertGap(checkpoint(SERVER, 200), server(slot(250, false), 300), "ahead of the checkpoint");
    }

    @Test
    void aSlotThatLostItsLogIsAGap() {
        assertGap(checkpoint(SERVER, 200), server(slot(150, true), 300), "removed log");
    }

    @Test
    void aCheckpointAheadOfTheLogIsAGap() {
        assertGap(checkpoint(SERVER, 400), server(slot(150, false), 300), "went back");
    }

    @Test
    void anotherServerIsAGap() {
        assertGap(checkpoint("8/1", 200), server(slot(150, false), 300), "restored or promoted");
    }

    @Test
    void aCheckpointMadeByOtherRulesIsNoGapAndNoPlaceToGoOnFrom() {
        Basis other = new Basis(new Fingerprint("10"), BASIS.tables());

        assertThat(StartDecision.of(checkpoint(SERVER, 200), false, other, true, SAME, server(slot(150, false), 300)))
                .isEqualTo(new StartDecision.OtherRules());
    }

    @Test
    void aTableThatNamesItsRowsOtherwiseIsAGap() {
        Comparison other =
                new Comparison(Optional.of("table t has another replica identity"), Optional.empty(), List.of());

        assertThat(StartDecision.of(checkpoint(SERVER, 200), false, BASIS, true, other, server(slot(150, false), 300)))
                .isInstanceOfSatisfying(
                        StartDecision.Gap.class, gap -> assertThat(gap.reason()).contains("replica identity"));
    }

    @Test
    void otherTablesAreNoGapAndNoPlaceToGoOnFrom() {
        Comparison other = new Comparison(Optional.empty(), Optional.of("table t has other columns"), List.of());

        assertThat(StartDecision.of(checkpoint(SERVER, 200), false, BASIS, true, other, server(slot(150, false), 300)))
                .isEqualTo(new StartDecision.OtherTables("table t has other columns"));
    }

    @Test
    void aPublicationThatSendsOtherThingsIsAGap() {
        Basis other = new Basis(BASIS.rules(), new Fingerprint("10"));

        assertThat(StartDecision.of(checkpoint(SERVER, 200), false, other, true, SAME, server(slot(150, false), 300)))
                .isInstanceOfSatisfying(
                        StartDecision.Gap.class, gap -> assertThat(gap.reason()).contains("the publication"));
    }

    @Test
    void aPublicationThatDidNotSendEverythingIsAGap() {
        assertThat(StartDecision.of(checkpoint(SERVER, 200), false, BASIS, false, SAME, server(slot(150, false), 300)))
                .isInstanceOfSatisfying(
                        StartDecision.Gap.class, gap -> assertThat(gap.reason()).contains("the publication"));
    }

    @Test
    void anInterruptedSnapshotIsAGap() {
        Checkpoint inside = new Checkpoint(
                new SourcePosition("{\"lsn\":200,\"snapshot\":\"INITIAL\",\"snapshot_completed\":false}"),
                SERVER,
                5,
                BASIS);
        assertGap(Optional.of(inside), server(slot(150, false), 300), "snapshot was interrupted");
    }

    @Test
    void positionsAreComparedAsUnsignedNumbers() {
        long high = 0xFFFF_FFFF_0000_0000L;
        assertThat(StartDecision.of(
                        checkpoint(SERVER, high), false, BASIS, true, SAME, server(slot(150, false), high + 1)))
                .isInstanceOf(StartDecision.Resume.class);
    }

    private static void assertGap(Optional<Checkpoint> checkpoint, ServerState server, String reason) {
        assertThat(StartDecision.of(checkpoint, false, BASIS, true, SAME, server))
                .isInstanceOfSatisfying(
                        StartDecision.Gap.class, gap -> assertThat(gap.reason()).contains(reason));
    }

    private static Optional<Checkpoint> checkpoint(String server, long lsn) {
        return Optional.of(new Checkpoint(new SourcePosition("{\"lsn\":" + lsn + "}"), server, 5, BASIS));
    }

    private static Optional<ServerState.Slot> slot(long confirmed, boolean lost) {
        return Optional.of(new ServerState.Slot("pgoutput", "shop", 0, "", lost, confirmed, 0));
    }

    private static ServerState server(Optional<ServerState.Slot> slot, long flushed) {
        return new ServerState(180_000, SERVER, "logical", true, flushed, slot);
    }
}
