package dev.freshet.connector.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.rules.catalog.Catalog;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicReaderTest {
    private static final int EPOCH = 3;

    private final Topic topic = Topic.postgres(Topic.products(), "id");
    private final TopicReader reader = new TopicReader(Catalog.NONE, EPOCH);
    private final Struct pen = topic.values(17L, "Pen", 3);

    @Test
    void aChangeIsToldWithItsTimeAndTransaction() {
        Reading reading = reader.read(topic.insert(topic.at(40L, 45), pen));

        assertThat(reading).isInstanceOfSatisfying(Reading.Changed.class, changed -> {
            assertThat(changed.transaction()).isEqualTo(OptionalLong.of(777));
            assertThat(changed.change()).isInstanceOfSatisfying(Change.Insert.class, insert -> {
                assertThat(insert.row()).isEqualTo(new RowId(new TableId("public", "product"), "17"));
                assertThat(insert.version()).isEqualTo(new Version(EPOCH, 40, 45, 2));
                assertThat(insert.committedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
                assertThat(insert.after().columns()).containsExactly("id", "name", "stock");
                assertThat(insert.after().get("stock")).isEqualTo(3L);
            });
        });
    }

    @Test
    void aTruncateIsToldWithoutARow() {
        assertThat(change(topic.truncate(topic.at(40L, 45))))
                .isEqualTo(new Change.Truncate(
                        new TableId("public", "product"),
                        new Version(EPOCH, 40, 45, 2),
                        Instant.parse("2026-01-01T00:00:00.123456Z")));
    }

    @Test
    void whatASnapshotReadHasNoTransaction() {
        assertThat(reader.read(topic.read(topic.at(null, 45), pen)))
                .isInstanceOfSatisfying(
                        Reading.Changed.class,
                        changed -> assertThat(changed.transaction()).isEmpty());
    }

    /** A writes x at 10 and commits at 100, B writes y at 20 and commits at 50; B is delivered first. */
    @Test
    void theTransactionThatCommitsLastIsTheNewerOne() {
        assertNewerAndNewer(
                topic.update(topic.at(5L, 20), null, pen),
                topic.update(topic.at(50L, 10), null, pen),
                topic.update(topic.at(100L, 110), null, pen));
    }

    @Test
    void theFirstTransactionOfASlotIsOlderThanWhatFollows() {
        assertNewerAndNewer(
                topic.insert(topic.at(null, 20), pen),
                topic.update(topic.at(null, 30), null, pen),
                topic.update(topic.at(50L, 10), null, pen));
    }

    @Test
    void aFirstSnapshotIsNewerThanAnEarlierSlotAndOlderThanItsOwn() {
        assertNewerAndNewer(
                topic.update(topic.at(90L, 95), null, pen),
                topic.read(topic.at(null, 200), pen),
                // Open while the snapshot was read.
                topic.update(topic.at(null, 150), null, pen),
                topic.update(topic.at(null, 210), null, pen),
                topic.update(topic.at(220L, 160), null, pen));
    }

    @Test
    void ofTwoSnapshotsTheNewerOneCounts() {
        reader.raise(new TopicPartition(Topic.NAME, 0), new Floor(100, -5));
        assertNewerAndNewer(
                topic.read(topic.at(null, 200), pen),
                topic.read(topic.at(null, 300), pen),
                topic.update(topic.at(null, 150), null, pen));
        reader.raise(new TopicPartition(Topic.NAME, 0), new Floor(100, -5));
        assertThat(version(topic.update(topic.at(null, 160), null, pen)).commit())
                .isEqualTo(300);
    }

    @Test
    void aConnectorThatBeganAgainInItsFirstTransactionGoesOnWhereItWas() {
        assertNewerAndNewer(
                topic.update(topic.at(null, 210), null, pen),
                topic.update(topic.at(null, 230), null, pen),
                topic.update(topic.at(210L, 240), null, pen),
                topic.update(topic.at(250L, 220), null, pen));
    }

    @Test
    void aConnectorThatBeganAgainInItsFirstTransactionStaysAboveTheSnapshot() {
        assertNewerAndNewer(
                topic.read(topic.at(null, 200), pen),
                topic.update(topic.at(150L, 160), null, pen),
                topic.update(topic.at(220L, 170), null, pen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "last", "incremental"})
    void aLaterSnapshotIsNewerThanWhatWasDeliveredAndOlderThanWhatFollows(String snapshot) {
        assertNewerAndNewer(
                topic.update(topic.at(90L, 95), null, pen),
                // The log was read up to the commit at 100, and a transaction with lower positions comes next.
                topic.read(topic.at(100L, 100), snapshot, pen),
                topic.update(topic.at(100L, 97), null, pen));
    }

    @Test
    void anIncrementalSnapshotBeforeTheFirstCommitIsInTheMiddleOfTheFirstTransaction() {
        assertNewerAndNewer(
                topic.read(topic.at(null, 200), pen),
                topic.update(topic.at(null, 210), null, pen),
                topic.read(topic.at(null, 220), "incremental", pen),
                topic.update(topic.at(null, 230), null, pen));
    }

    @Test
    void aSnapshotsRowThatWasMadeACreateIsStillASnapshots() {
        SinkRecord record = topic.insert(topic.at(null, 200).put("snapshot", "true"), pen);

        assertThat(change(record)).isInstanceOf(Change.Snapshot.class);
        assertThat(version(record)).isEqualTo(new Version(EPOCH, 200, 0, 0));
    }

    @Test
    void aReaderThatBeginsBehindTheSnapshotIsToldItsFloor() {
        SinkRecord row = topic.read(topic.at(null, 200), pen);
        SinkRecord open = topic.update(topic.at(null, 150), null, pen);
        Version version = versions(row, open).getLast();
        TopicReader other = new TopicReader(Catalog.NONE, EPOCH);

        TopicPartition partition = new TopicPartition(Topic.NAME, 0);
        reader.floor(partition).ifPresent(floor -> other.raise(partition, floor));

        assertThat(change(other, open).version()).isEqualTo(version);
        assertThat(reader.floor(partition)).contains(new Floor(200, row.kafkaOffset()));
    }

    @Test
    void whatComesBeforeASnapshotIsOlderAlsoWhenItIsReadAgain() {
        SinkRecord early = topic.update(topic.at(90L, 95), null, pen);
        SinkRecord row = topic.read(topic.at(null, 200), pen);
        List<Version> once = versions(early, row);

        assertThat(versions(early, row)).isEqualTo(once);
    }

    @Test
    void aKeyUpdatesDeleteComesBeforeItsCreate() {
        assertNewerAndNewer(
                topic.delete(topic.at(40L, 45), topic.values(16L, "Pen", 3)), topic.insert(topic.at(40L, 45), pen));
    }

    @Test
    void rowsOfOneCopyAreCountedByTheirPlaceInTheTransaction() {
        assertNewerAndNewer(
                topic.nth(1, topic.insert(topic.at(40L, 45), pen)),
                topic.nth(2, topic.insert(topic.at(40L, 45), pen)),
                topic.nth(3, topic.update(topic.at(40L, 46), null, pen)));
        assertThat(version(topic.nth(1L << 40, topic.insert(topic.at(40L, 45), pen)))
                        .ordinal())
                .isEqualTo(-1);
    }

    @Test
    void aBinaryLogIsInItsOrder() {
        Topic mysql = Topic.mysql(Topic.products(), "id");
        String file = "mysql-bin.000009";
        assertNewerAndNewer(
                mysql.update(mysql.at(file, 4_000_000_000L, 0), pen, pen),
                mysql.read(mysql.at("mysql-bin.000010", 154, 0), pen),
                mysql.delete(mysql.at("mysql-bin.000010", 154, 0), pen),
                mysql.insert(mysql.at("mysql-bin.000010", 154, 0), pen),
                mysql.delete(mysql.at("mysql-bin.000010", 154, 1), pen),
                mysql.update(mysql.at("mysql-bin.1000010", 4, 0), pen, pen));
        assertThat(change(mysql.insert(mysql.at(file, 4, 0), pen)).table()).isEqualTo(new TableId("shop", "product"));
        assertThat(reader.read(mysql.insert(mysql.at(file, 4, 0), pen)))
                .isInstanceOfSatisfying(
                        Reading.Changed.class,
                        changed -> assertThat(changed.transaction()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb"})
    void bothHaveABinaryLog(String connector) {
        Topic topic = Topic.mysql(Topic.products(), "id");
        Struct at = topic.at("binlog.000010", 154, 2).put("connector", connector);

        assertThat(version(topic.insert(at, pen))).isEqualTo(new Version(EPOCH, 10, 154, 6));
    }

    private void assertNewerAndNewer(SinkRecord... records) {
        assertThat(versions(records)).doesNotHaveDuplicates().isSorted();
    }

    private List<Version> versions(SinkRecord... records) {
        return List.of(records).stream().map(this::version).toList();
    }

    private Version version(SinkRecord record) {
        return change(record).version();
    }

    private Change change(SinkRecord record) {
        return change(reader, record);
    }

    private static Change change(TopicReader reader, SinkRecord record) {
        Reading reading = reader.read(record);
        assertThat(reading).isInstanceOf(Reading.Changed.class);
        return ((Reading.Changed) reading).change();
    }
}
