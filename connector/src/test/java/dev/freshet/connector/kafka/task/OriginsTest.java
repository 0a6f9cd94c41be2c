package dev.freshet.connector.kafka.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.connector.kafka.UnknownRow;
import java.time.Instant;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private static final TableId PRODUCT = new TableId("public", "product");
    private static final TableId NOBODY_KNOWS = new TableId("?", "?");
    private static final Version OF_THE_SNAPSHOT = new Version(3, 100, 0, 0);
    private final Origins origins = new Origins(true);

    private static SinkRecord record(long offset) {
        return new SinkRecord("shop", 0, null, null, null, null, offset);
    }

    private SinkRecord read(String key, Version version, long offset) {
        SinkRecord record = record(offset);
        origins.read(
                new Change.Snapshot(PRODUCT, new RowId(PRODUCT, key), version, Instant.EPOCH, new UnknownRow()),
                record);
        return record;
    }

    @Test
    void rowsThatShareAVersionAreToldApart() {
        read("1", OF_THE_SNAPSHOT, 10);
        SinkRecord second = read("2", OF_THE_SNAPSHOT, 11);

        assertThat(origins.of(OF_THE_SNAPSHOT, PRODUCT, "2")).containsSame(second);
    }

    @Test
    void aVersionTellsTheRecordWhereOneRowAloneHasIt() {
        SinkRecord only = read("1", OF_THE_SNAPSHOT, 10);
        assertThat(origins.of(OF_THE_SNAPSHOT, NOBODY_KNOWS, "a stream")).containsSame(only);

        read("2", OF_THE_SNAPSHOT, 11);
        assertThat(origins.of(OF_THE_SNAPSHOT, NOBODY_KNOWS, "a stream")).isEmpty();
    }

    @Test
    void whatIsUnderWayIsKnownAndWhatWasBeforeIsForgotten() {
        SinkRecord record = read("1", OF_THE_SNAPSHOT, 10);
        origins.handedOver();
        origins.handedOver();
        assertThat(origins.of(OF_THE_SNAPSHOT, PRODUCT, "1")).containsSame(record);

        origins.handedOver();
        assertThat(origins.of(OF_THE_SNAPSHOT, PRODUCT, "1")).isEmpty();
    }
}
