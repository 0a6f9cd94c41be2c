package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.change.SourcePosition;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebeziumOffsetTest {
    @Test
    void theCommitBeforeIsWhereToGoOnAndNothingMakesDebeziumSearch() {
        DebeziumOffset offset = DebeziumOffset.after(Map.of(
                "lsn", 300L, "lsn_commit", 200L, "lsn_proc", 290L, "messageType", "INSERT", "ts_usec", 7L, "txId", 5));

        assertThat(offset.fields())
                .containsOnly(
                        Map.entry("lsn", 200L),
                        Map.entry("lsn_commit", 200L),
                        Map.entry("ts_usec", 7L),
                        Map.entry("txId", 5));
    }

    @Test
    void aSnapshotsOffsetPassesUnchanged() {
        Map<String, Object> fields =
                Map.of("lsn", 100L, "snapshot", "INITIAL", "snapshot_completed", false, "last_snapshot_record", false);

        DebeziumOffset offset = DebeziumOffset.after(fields);

        assertThat(offset.fields()).isEqualTo(fields);
        assertThat(offset.isInsideSnapshot()).isTrue();
    }

    @Test
    void theLastRecordOfASnapshotIsNotInsideIt() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("lsn", 100L);
        fields.put("snapshot", "INITIAL");
        fields.put("snapshot_completed", true);

        assertThat(DebeziumOffset.after(fields).isInsideSnapshot()).isFalse();
    }

    @Test
    void aPositionReadsBackAsItWasWritten() {
        DebeziumOffset offset = DebeziumOffset.after(Map.of("lsn", 1L << 40, "lsn_commit", 1L << 40, "ts_usec", 7L));

        assertThat(DebeziumOffset.parse(offset.toPosition())).isEqualTo(offset);
        assertThat(offset.lsn()).hasValue(1L << 40);
    }

    @Test
    void aPositionOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> DebeziumOffset.parse(new SourcePosition("mysql-bin.000003:4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mysql-bin.000003:4");
    }
}
