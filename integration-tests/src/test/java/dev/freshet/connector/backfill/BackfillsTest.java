package dev.freshet.connector.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.connector.visibility.VisibleOnPrimary;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the engine's thread does, step by step, with a database's rows and the messages of its log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class BackfillsTest {
    private static final String PREFIX = "freshet.test";
    private static final Seal SEAL = new Seal("swordfish");
    private static final TableId ITEM = new TableId("public", "item");
    private static final Catalog.Table TABLE = new Catalog.Table(
            ITEM,
            List.of(
                    new Catalog.Column("shop", "text", Catalog.Kind.TEXT, false),
                    new Catalog.Column("id", "int4", Catalog.Kind.INTEGER, false),
                    new Catalog.Column("price", "int4", Catalog.Kind.INTEGER, false)),
            List.of(List.of("shop", "id")),
            new Catalog.OldRow.Only(List.of("shop", "id")));

    private DatabaseServer database;
    private int place;
    private long now;
    private int minutes = 1;

    @BeforeAll
    void start() throws SQLException {
        database = Servers.chosen().postgres();
        database.execute("create publication p", "select pg_create_logical_replication_slot('listen', 'pgoutput')");
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        minutes = 1;
        database.execute(
                "drop table if exists item",
                "create table item (shop text, id int, price int, primary key (shop, id))",
                "insert into item select 'it''s ' || g % 2, g, g from generate_series(1, 1500) g");
        messages();
    }

    private Backfills backfills(Progress from) {
        return backfills(from, TABLE);
    }

    /** Every look at the clock is a minute after the last one. */
    private Backfills backfills(Progress from, Catalog.Table item) {
        Backfills.Tables tables = new Backfills.Tables() {
            @Override
            public boolean isFollowed(TableId table) {
                return table.equals(ITEM);
            }

            @Override
            public Optional<Catalog.Table> now(TableId table) {
                return Optional.of(item);
            }
        };
        return new Backfills(
                PREFIX,
                from,
                database::connect,
                tables,
                new VisibleOnPrimary(),
                SEAL,
                () -> now += Duration.ofMinutes(minutes).toNanos());
    }

    private Version next() {
        return new Version(1, 0, ++place, 0);
    }

    private void ask(Backfills backfills, String id, String where) {
        backfills.delivered(PREFIX, new Notice.Begin(id, ITEM, SEAL.on(ITEM, where)).text(), next());
    }

    /** Every message that stands in the log since the last call. */
    private List<String> messages() throws SQLException {
        List<String> contents = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select data from pg_logical_slot_get_binary_changes('listen', null, null, 'proto_version', '1',"
                                + " 'publication_names', 'p', 'messages', 'true')")) {
            while (row.next()) {
                byte[] data = row.getBytes(1);
                if (data[0] == 'M') {
                    String text = new String(data, UTF_8);
                    contents.add(text.substring(text.indexOf('{')));
                }
            }
        }
        return contents;
    }

    /** Lets the log bring what was written into it, and returns the rows that take their place. */
    private Map<RowId, Row> heard(Backfills backfills) throws SQLException {
        Map<RowId, Row> placed = Map.of();
        for (String content : messages()) {
            if (backfills.delivered(PREFIX, content, next()) instanceof Backfills.Heard.Rows(Map<RowId, Row> here)
                    && !here.isEmpty()) {
                placed = here;
            }
        }
        return placed;
    }

    private record Priced(long price) implements Row {
        @Override
        public Object get(String column) {
            return price;
        }

        @Override
        public List<String> columns() {
            return List.of("price");
        }
    }

    private static RowId row(String shop, int id) {
        return RowId.of(ITEM, List.of(shop, Integer.toString(id)));
    }

    @Test
    void aTableIsReadChunkByChunkInTheOrderOfItsKeyToItsEnd() throws Exception {
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "one", "");

            backfills.goOn();
            Map<RowId, Row> first = heard(backfills);
            assertThat(first).hasSize(1_000).containsKey(row("it's 0", 2)).doesNotContainKey(row("it's 1", 1499));
            assertThat(first.get(row("it's 0", 2)))
                    .extracting(row -> row.get("price"))
                    .isEqualTo(2L);
            assertThat(backfills.progress().left())
                    .singleElement()
                    .satisfies(left -> assertThat(left.rows()).isEqualTo(1_000));

            backfills.goOn();
            assertThat(heard(backfills)).hasSize(500).containsKey(row("it's 1", 1499));
            assertThat(backfills.progress().left()).isEmpty();
            assertThat(backfills.progress().ended()).containsExactly(Ended.done("one"));
        }
    }

    @Test
    void atItsMarkAChunkIsAsTheLogHasToldOfItsRowsLast() throws Exception {
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "one", "id <= 10");
            backfills.goOn();
            backfills.delivered(
                    new Change.Delete(ITEM, row("it's 0", 2), next(), Instant.EPOCH, new Priced(2)),
                    OptionalLong.of(1));
            update(backfills, row("it's 1", 3), row("it's 1", 3), new Priced(300));
            update(backfills, row("it's 0", 4), row("it's 1", 5000), new Priced(400));
            backfills.delivered(
                    new Change.Delete(
                            new TableId("public", "other"), row("it's 0", 6), next(), Instant.EPOCH, new Priced(6)),
                    OptionalLong.of(1));

            Map<RowId, Row> placed = heard(backfills);
            assertThat(placed.keySet())
                    .hasSize(9)
                    .contains(row("it's 0", 6))
                    .doesNotContain(row("it's 0", 2), row("it's 0", 4));
            assertThat(placed.get(row("it's 1", 3))).isEqualTo(new Priced(300));
            assertThat(placed.get(row("it's 1", 5000))).isEqualTo(new Priced(400));
        }
    }

    @Test
    void aRowThatMovesPastTheNextChunkIsNotMissed() throws Exception {
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "one", "");
            backfills.goOn();
            heard(backfills);
            database.execute("update item set id = 0, shop = 'a' where id = 1499");
            update(backfills, row("it's 1", 1499), row("a", 0), new Priced(1499));
            backfills.goOn();

            assertThat(heard(backfills)).hasSize(500).containsEntry(row("a", 0), new Priced(1499));
        }
    }

    private void update(Backfills backfills, RowId before, RowId after, Row row) {
        backfills.delivered(
                new Change.Update(ITEM, before, after, next(), Instant.EPOCH, row, row), OptionalLong.of(1));
    }

    @Test
    void nothingIsReadBeforeWhatWasDeliveredIsVisible() throws Exception {
        try (Backfills backfills = backfills(Progress.NONE);
                Connection open = database.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("update item set price = 0 where id = 2");
            long transaction;
            try (ResultSet id = statement.executeQuery("select pg_current_xact_id()::text::bigint & 4294967295")) {
                id.next();
                transaction = id.getLong(1);
            }
            ask(backfills, "one", "id = 2");
            // As a commit is that waits for a synchronous standby: delivered, and not seen by others.
            backfills.delivered(
                    new Change.Truncate(new TableId("public", "other"), next(), Instant.EPOCH),
                    OptionalLong.of(transaction));
            backfills.goOn();
            assertThat(heard(backfills)).isEmpty();

            open.commit();
            backfills.goOn();
            assertThat(heard(backfills).get(row("it's 0", 2)))
                    .extracting(row -> row.get("price"))
                    .isEqualTo(0L);
        }
    }

    @Test
    void whoGoesOnFromACheckpointReadsTheChunkAgainThatHadNoPlaceYet() throws Exception {
        Progress saved;
        try (Backfills dying = backfills(Progress.NONE)) {
            ask(dying, "one", "");
            dying.goOn();
            heard(dying);
            saved = dying.progress();
            dying.goOn();
        }
        try (Backfills next = backfills(saved)) {
            assertThat(heard(next)).as("a chunk of another process").isEmpty();
            next.goOn();

            assertThat(heard(next)).hasSize(500).containsKey(row("it's 1", 1499));
        }
    }

    @Test
    void aNoticeThatComesAgainIsPassedOver() {
        try (Backfills backfills = backfills(Progress.NONE)) {
            Version at = next();
            String notice = new Notice.Begin("one", ITEM, Condition.ALL_ROWS).text();
            backfills.delivered(PREFIX, notice, at);
            backfills.delivered(PREFIX, notice, at);

            assertThat(backfills.progress().left()).hasSize(1);
        }
    }

    @Test
    void aCancelledBackfillBringsNothingMore() throws Exception {
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "one", "");
            backfills.goOn();
            backfills.delivered(PREFIX, new Notice.Cancel(ITEM).text(), next());

            assertThat(heard(backfills)).isEmpty();
            assertThat(backfills.progress().left()).isEmpty();
            assertThat(backfills.progress().ended()).containsExactly(Ended.failed("one", "it was cancelled"));
        }
    }

    @Test
    void rowsThatASweepWaitsForAreNeitherCancelledNorGivenUpNorForgottenAtARestart() throws Exception {
        Notice.Read wrong = new Notice.Read(ITEM, SEAL.on(ITEM, "colour = 'red'"));
        Progress saved;
        try (Backfills backfills = backfills(Progress.NONE)) {
            Backfills.Heard heard =
                    backfills.delivered(PREFIX, new Notice.Altered("one", ITEM, true, List.of(wrong)).text(), next());
            assertThat(heard).isEqualTo(new Backfills.Heard.Altered(ITEM, true));
            backfills.delivered(PREFIX, new Notice.Cancel(ITEM).text(), next());
            backfills.goOn();

            assertThat(backfills.isNeeded()).isTrue();
            saved = Progress.of(backfills.progress().json());
        }
        try (Backfills next = backfills(saved)) {
            assertThat(next.isNeeded()).isTrue();
            database.execute("alter table item add column colour text default 'red'");
            next.goOn();
            assertThat(heard(next)).hasSize(1_000);
            next.goOn();
            assertThat(next.isNeeded()).isTrue();
            assertThat(heard(next)).hasSize(500);
            assertThat(next.isNeeded()).isFalse();
        }
    }

    @Test
    void aConditionThatIsSlowIsAskedOfAFewKeysAtATime() throws Exception {
        database.execute("insert into item select 'it''s 2', g, g from generate_series(1, 12000) g");
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "one", "case when id % 1000 = 0 then pg_sleep(0.2)::text is null else id % 7 = 0 end");
            Map<RowId, Row> all = new HashMap<>();
            for (int i = 0; i < 10 && !backfills.progress().left().isEmpty(); i++) {
                backfills.goOn();
                all.putAll(heard(backfills));
            }

            assertThat(backfills.progress().ended()).containsExactly(Ended.done("one"));
            assertThat(all).hasSize(1_927).containsKey(row("it's 2", 11_998));
        }
    }

    @Test
    void aConditionOfSomebodyElseIsNotRun() throws Exception {
        Condition foreign = new Seal("another").on(ITEM, "id = 7");
        Condition moved = new Condition("id = 8", SEAL.on(ITEM, "id = 7").seal());
        for (Condition wrong : List.of(foreign, moved, new Condition("id = 7"))) {
            try (Backfills backfills = backfills(Progress.NONE)) {
                backfills.delivered(PREFIX, new Notice.Begin("one", ITEM, wrong).text(), next());
                backfills.goOn();

                assertThat(heard(backfills)).isEmpty();
                assertThat(backfills.progress().left()).isEmpty();
            }
            try (Backfills backfills = backfills(Progress.NONE)) {
                Notice.Read read = new Notice.Read(ITEM, wrong);
                backfills.delivered(PREFIX, new Notice.Altered("one", ITEM, true, List.of(read)).text(), next());
                backfills.goOn();
                backfills.goOn();

                assertThat(heard(backfills)).as("the whole table").hasSize(1_000);
            }
        }
    }

    @Test
    void aTableThatIsAlteredAgainIsReadFromItsBeginningOnce() throws Exception {
        try (Backfills backfills = backfills(Progress.NONE)) {
            String notice =
                    new Notice.Altered("one", ITEM, true, List.of(new Notice.Read(ITEM, Condition.ALL_ROWS))).text();
            backfills.delivered(PREFIX, notice, next());
            backfills.goOn();
            assertThat(heard(backfills)).hasSize(1_000);

            backfills.delivered(PREFIX, notice, next());

            assertThat(backfills.progress().left())
                    .singleElement()
                    .satisfies(left -> assertThat(left.rows()).isZero());
        }
    }

    @Test
    void aPausedBackfillWaitsAlsoOverARestartAndGoesOnWhereItWas() throws Exception {
        Progress saved;
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "one", "");
            backfills.goOn();
            heard(backfills);
            backfills.goOn();
            backfills.delivered(PREFIX, new Notice.Pause(ITEM).text(), next());
            backfills.goOn();
            assertThat(heard(backfills)).as("a chunk that was read before").isEmpty();

            saved = Progress.of(backfills.progress().json());
        }
        try (Backfills next = backfills(saved)) {
            next.goOn();
            assertThat(heard(next)).isEmpty();

            next.delivered(PREFIX, new Notice.Resume(ITEM).text(), next());
            next.goOn();
            assertThat(heard(next)).hasSize(500).containsKey(row("it's 1", 1499));
            assertThat(next.progress().ended()).containsExactly(Ended.done("one"));
        }
    }

    @Test
    void oneThatIsPausedLetsTheNextOneThroughAndLinesUpBehindIt() throws Exception {
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "long", "");
            backfills.goOn();
            heard(backfills);
            backfills.delivered(PREFIX, new Notice.Pause(ITEM).text(), next());
            ask(backfills, "short", "id = 1");
            backfills.goOn();
            backfills.delivered(PREFIX, new Notice.Resume(ITEM).text(), next());

            assertThat(heard(backfills)).containsOnlyKeys(row("it's 1", 1));
            assertThat(backfills.progress().ended()).containsExactly(Ended.done("short"));
            backfills.goOn();
            assertThat(heard(backfills)).hasSize(500);
        }
    }

    @Test
    void aRowThatMovesWhileABackfillIsPausedIsNotMissed() throws Exception {
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "one", "");
            backfills.goOn();
            heard(backfills);
            backfills.delivered(PREFIX, new Notice.Pause(ITEM).text(), next());
            database.execute("update item set id = 0, shop = 'a' where id = 1499");
            update(backfills, row("it's 1", 1499), row("a", 0), new Priced(1499));
            backfills.delivered(PREFIX, new Notice.Resume(ITEM).text(), next());
            backfills.goOn();

            assertThat(heard(backfills)).hasSize(1_000).containsKey(row("a", 0));
        }
    }

    @Test
    void whereTooManyRowsMoveTheTableIsReadAnewInsteadOfKeepingThem() throws Exception {
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "one", "");
            backfills.goOn();
            heard(backfills);
            backfills.goOn();
            for (int id = 1; id <= 300; id++) {
                update(backfills, row("it's 1", 5_000 + id), row("a", id), new Priced(id));
            }

            assertThat(heard(backfills)).as("of the chunk that was read").isEmpty();
            assertThat(backfills.progress().left())
                    .singleElement()
                    .satisfies(left -> assertThat(left.after()).isEmpty());
        }
    }

    @Test
    void aConditionMayUseOperatorsWithQuestionMarks() throws Exception {
        database.execute("insert into item select 'it?s', g, g from generate_series(1, 1200) g");
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "one", "to_jsonb(item) ? 'price' and shop = 'it?s'");
            backfills.goOn();
            assertThat(heard(backfills)).hasSize(1_000);
            backfills.goOn();
            assertThat(heard(backfills)).hasSize(200);
        }
    }

    @Test
    void aTableWhoseKeysMayHaveNullsIsNotReadByThem() throws Exception {
        Catalog.Table nullable = new Catalog.Table(
                ITEM, TABLE.columns(), List.of(List.of("shop")), new Catalog.OldRow.Everything(), List.of());
        try (Backfills backfills = backfills(Progress.NONE, nullable)) {
            ask(backfills, "one", "");
            backfills.goOn();

            assertThat(backfills.progress().ended())
                    .singleElement()
                    .satisfies(ended -> assertThat(ended.failure())
                            .hasValueSatisfying(reason -> assertThat(reason).contains("NOT NULL")));
        }
    }

    @Test
    void whatCannotBeReadIsTriedAgainOnlyLater() throws Exception {
        minutes = 0;
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "one", "");
            database.execute("alter table item rename to gone");
            backfills.goOn();
            database.execute("alter table gone rename to item");
            backfills.goOn();
            assertThat(heard(backfills)).isEmpty();

            minutes = 1;
            backfills.goOn();
            assertThat(heard(backfills)).hasSize(1_000);
        }
    }

    @Test
    void whoeverAsksForTooMuchIsRefusedAndWhatNoRuleFollowsIsNotReadForASweep() {
        try (Backfills backfills = backfills(Progress.NONE)) {
            Notice.Read stranger = new Notice.Read(new TableId("public", "other"), Condition.ALL_ROWS);
            backfills.delivered(PREFIX, new Notice.Altered("x", ITEM, true, List.of(stranger)).text(), next());
            ask(backfills, "x".repeat(101), "");
            assertThat(backfills.progress().left()).isEmpty();

            for (int i = 0; i < 150; i++) {
                ask(backfills, "id " + i, "id = " + i);
            }
            assertThat(backfills.progress().left()).hasSize(100);
            assertThat(backfills.progress().ended())
                    .last()
                    .isEqualTo(Ended.failed("id 149", "100 others wait already"));
        }
    }

    @Test
    void aConditionThatTheDatabaseRefusesIsGivenUpAndTheNextOneBegins() throws Exception {
        try (Backfills backfills = backfills(Progress.NONE)) {
            ask(backfills, "wrong", "colour = 'red'");
            ask(backfills, "right", "id = 1");
            backfills.goOn();
            assertThat(Progress.of(backfills.progress().json()).ended())
                    .singleElement()
                    .satisfies(ended -> assertThat(ended.failure())
                            .hasValueSatisfying(reason -> assertThat(reason).contains("colour")));

            backfills.goOn();
            assertThat(heard(backfills)).containsOnlyKeys(row("it's 1", 1));
        }
    }
}
