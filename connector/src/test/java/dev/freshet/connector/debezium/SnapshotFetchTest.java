package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class SnapshotFetchTest {
    private final SnapshotFetch fetch = new SnapshotFetch(16 << 20, 128 << 20);

    private int rows(long rowBytes) {
        Properties p = new Properties();
        fetch.begin(rowBytes, p);
        int rows = Integer.parseInt(p.getProperty("snapshot.fetch.size"));
        assertThat(p).containsEntry("driver.maxResultBuffer", rows == 1 ? "134217728" : "16777216");
        return rows;
    }

    @Test
    void soManyRowsAreTakenAsFitFourTimes() {
        assertThat(rows(1024)).isEqualTo(4096);
        fetch.ended();
        assertThat(rows(30)).isEqualTo(10_240);
        fetch.ended();
        assertThat(rows(0)).isEqualTo(10_240);
        fetch.ended();
        assertThat(rows(1L << 40)).isEqualTo(1);
    }

    @Test
    void aSnapshotBehindOneThatDidNotEndTakesFewer() {
        assertThat(rows(1024)).isEqualTo(4096);
        assertThat(rows(1024)).isEqualTo(512);
        assertThat(rows(1024)).isEqualTo(64);
        fetch.ended();
        assertThat(rows(1024)).isEqualTo(4096);
    }

    @Test
    void atLeastOneRowIsTaken() {
        for (int i = 0; i < 100; i++) {
            rows(1024);
        }
        assertThat(rows(1024)).isEqualTo(1);
    }
}
