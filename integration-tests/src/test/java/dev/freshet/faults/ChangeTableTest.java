package dev.freshet.faults;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every row of "What each change does", from a commit in PostgreSQL to an entry in Valkey. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ChangeTableTest {
    @TempDir
    static Path folder;

    private DatabaseServer database;
    private CacheServer cache;
    private Bench bench;

    @BeforeAll
    void start() throws Exception {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        database.execute(Bench.SCHEMA);
        database.execute("insert into product select g, 'old-' || g, g from generate_series(1, 500) g");
        bench = new Bench(database, cache, folder, database.port());
        bench.set("product:999", "left by somebody before");
        bench.startFreshet();
        bench.awaitReady();
    }

    @AfterAll
    void stop() {
        bench.close();
        cache.close();
        database.close();
    }

    @BeforeEach
    void begin() {
        bench.execute("delete from product", "insert into product values (1, 'pen', 100), (2, 'ink', 40)");
        bench.awaitEqual();
    }

    @Test
    void aSnapshotFillsAndWhatNoRowBacksIsGone() {
        assertThat(bench.cached()).doesNotContainKey("product:999").containsKey("product:1");
    }

    @Test
    void anInsertWrites() {
        bench.execute("insert into product values (3, 'nib', 5)");

        eventually(
                Bench.PATIENCE,
                () -> assertThat(bench.cached())
                        .containsEntry("product:3", "{\"id\":3,\"slug\":\"nib\",\"price\":5}")
                        .containsEntry("slug:nib", "3")
                        .containsEntry("flags:3", "{price=5, sale=true}"));
    }

    @Test
    void anUpdateWritesAndAnotherKeyTakesTheOldOneAlong() {
        bench.execute("update product set slug = 'quill', price = 7 where id = 1");

        eventually(
                Bench.PATIENCE,
                () -> assertThat(bench.cached())
                        .containsEntry("slug:quill", "1")
                        .doesNotContainKey("slug:pen")
                        .containsEntry("product:1", "{\"id\":1,\"slug\":\"quill\",\"price\":7}"));
        bench.awaitEqual();
    }

    @Test
    void aRowThatLeavesWhereIsRemovedAndOneThatEntersIsWritten() {
        bench.execute("update product set status = 'draft' where id = 1");
        eventually(
                Bench.PATIENCE,
                () -> assertThat(bench.cached())
                        .doesNotContainKeys("product:1", "slug:pen")
                        .containsKey("flags:1"));

        bench.execute("update product set status = 'live' where id = 1");
        eventually(Bench.PATIENCE, () -> assertThat(bench.cached()).containsKeys("product:1", "slug:pen"));
        bench.awaitEqual();
    }

    @Test
    void aNullInANameMeansNoEntry() {
        bench.execute("update product set slug = null where id = 1");

        eventually(
                Bench.PATIENCE,
                () -> assertThat(bench.cached())
                        .doesNotContainKey("slug:pen")
                        .containsEntry("product:1", "{\"id\":1,\"slug\":null,\"price\":100}"));
        bench.awaitEqual();
    }

    @Test
    void aDeleteRemoves() {
        bench.execute("delete from product where id = 1");

        eventually(
                Bench.PATIENCE,
                () -> assertThat(bench.cached()).doesNotContainKeys("product:1", "slug:pen", "flags:1"));
        bench.awaitEqual();
    }

    @Test
    void aKeyUpdateRemovesTheOldAndWritesTheNew() {
        bench.execute("update product set id = 10 where id = 1");

        eventually(
                Bench.PATIENCE,
                () -> assertThat(bench.cached())
                        .doesNotContainKeys("product:1", "flags:1")
                        .containsKey("product:10")
                        .containsEntry("slug:pen", "10"));
        bench.awaitEqual();
    }

    @Test
    void aTruncateRemovesEveryEntryThatTheTemplatesMatch() {
        bench.set("other:1", "not ours");
        bench.execute("truncate product");

        eventually(Bench.PATIENCE, () -> assertThat(bench.cached()).isEmpty());
    }

    @Test
    void twoRowsThatSwapAUniqueValueInOneTransactionKeepBothEntries() throws SQLException {
        inOneTransaction(
                "update product set slug = 'ink' where id = 1", "update product set slug = 'pen' where id = 2");

        eventually(
                Bench.PATIENCE,
                () -> assertThat(bench.cached()).containsEntry("slug:ink", "1").containsEntry("slug:pen", "2"));
        bench.awaitEqual();
    }

    @Test
    void aSlugThatAnotherRowTakesOverStaysWithThatRow() throws SQLException {
        inOneTransaction("delete from product where id = 1", "update product set slug = 'pen' where id = 2");

        eventually(
                Bench.PATIENCE,
                () -> assertThat(bench.cached()).containsEntry("slug:pen", "2").doesNotContainKey("slug:ink"));
        bench.awaitEqual();
    }

    /** The transaction that began first, with the smaller positions, commits last: its value is the one that stays. */
    @Test
    void ofTwoInterleavedTransactionsThatFeedOneKeyTheLastToCommitWins() throws SQLException {
        try (Connection early = database.connect();
                Connection late = database.connect();
                Statement first = early.createStatement();
                Statement second = late.createStatement()) {
            early.setAutoCommit(false);
            late.setAutoCommit(false);
            first.execute("delete from product where id = 2");
            second.execute("update product set slug = 'shared' where id = 1");
            late.commit();
            first.execute("update product set slug = 'given-up' where id = 1");
            first.execute("insert into product values (30, 'shared', 3)");
            early.commit();
        }

        eventually(
                Bench.PATIENCE,
                () -> assertThat(bench.cached())
                        .containsEntry("slug:shared", "30")
                        .containsEntry("slug:given-up", "1"));
        bench.awaitEqual();
    }

    private void inOneTransaction(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }
}
