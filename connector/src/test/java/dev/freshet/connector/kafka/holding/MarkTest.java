package dev.freshet.connector.kafka.holding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.connector.kafka.UnknownRow;
import dev.freshet.connector.kafka.record.Floor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {
    private static final TableId PRODUCT = new TableId("public", "product");
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    private static Change deleted(long position, Instant at) {
        return new Change.Delete(
                PRODUCT, new RowId(PRODUCT, "7"), new Version(3, 0, position, 0), at, new UnknownRow());
    }

    private static Change read(long position, Instant at) {
        return new Change.Snapshot(
                PRODUCT, new RowId(PRODUCT, "7"), new Version(3, 0, position, 0), at, new UnknownRow());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Mark empty = Mark.begun("t");
        Mark full = empty.with(deleted(-1, NOON)).with(Optional.of(new Floor(-2, 17)));

        assertThat(Mark.read(empty.text())).contains(empty);
        assertThat(Mark.read(full.text())).contains(full);
        assertThat(Mark.read(full.done().text())).contains(full.done());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "another's",
                "t - - -",
                "t x 1 - -",
                "t 00 1 - -",
                "t - - 1 x",
                "t - - - - -",
                "t - - - - begin"
            })
    void whatSomebodyElseWroteBesideAPositionIsNoMark(String text) {
        assertThat(Mark.read(text)).isEmpty();
    }

    @Test
    void aPositionThatWentBackLongAfterTheNewestIsNoticed() {
        Mark mark = Mark.begun("t").with(deleted(100, NOON));

        assertThat(mark.isWentBackBy(deleted(99, NOON.plusSeconds(11)))).isTrue();
    }

    @Test
    void whatIsDeliveredAgainOrBesideItIsNone() {
        Mark mark = Mark.begun("t").with(deleted(100, NOON));

        assertThat(mark.isWentBackBy(deleted(99, NOON.minusSeconds(60)))).isFalse();
        assertThat(mark.isWentBackBy(deleted(99, NOON.plusSeconds(10)))).isFalse();
        assertThat(mark.isWentBackBy(deleted(100, NOON.plusSeconds(60)))).isFalse();
        assertThat(mark.isWentBackBy(deleted(101, NOON.plusSeconds(60)))).isFalse();
    }

    @Test
    void rowsOfASnapshotTellNothingOfTheLog() {
        Mark mark = Mark.begun("t").with(deleted(100, NOON));

        assertThat(mark.isWentBackBy(read(1, NOON.plus(Duration.ofDays(1))))).isFalse();
        assertThat(mark.with(read(200, NOON))).isEqualTo(mark);
    }

    @Test
    void theNewestStays() {
        Mark mark = Mark.begun("t").with(deleted(100, NOON));

        assertThat(mark.with(deleted(50, NOON))).isEqualTo(mark);
    }
}
