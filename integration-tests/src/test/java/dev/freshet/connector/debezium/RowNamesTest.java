package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.pipeline.Batch;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A row is removed under the name under which it was written, whatever its table's key and replica identity are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class RowNamesTest {
    private static final TableId END = new TableId("public", "ending");

    private static final Set<TableId> TABLES = Set.of(
            new TableId("public", "keyless"),
            new TableId("public", "by_index"),
            new TableId("public", "two_parts"),
            new TableId("public", "parted"),
            END);

    private DatabaseServer server;
    private ChangeSource source;

    @BeforeAll
    void start() throws Exception {
        server = Servers.chosen().postgres();
        server.execute(
                "create table keyless (name text, note text)",
                "alter table keyless replica identity full",
                "create table by_index (id int primary key, code text not null, note text)",
                "create unique index by_code on by_index (code)",
                "alter table by_index replica identity using index by_code",
                "create table two_parts (a text, b text, note text, primary key (a, b))",
                "create table parted (id int primary key, note text) partition by range (id)",
                "create table parted_low partition of parted for values from (0) to (100)",
                "create table ending (id int primary key)");
        source = new PostgresSourceOpener(
                        new PostgresDatabase(Sources.address(server)),
                        Sources.settings(server, "names", TABLES, Set.of(), 64),
                        Clock.systemUTC())
                .open(Optional::empty);
        source.acknowledge(Sources.take(source).checkpoint());
    }

    @AfterAll
    void stop() {
        source.close();
        server.close();
    }

    @Test
    void withoutAKeyARowIsKnownByADigestOfItsValuesAndNothingOfItCanBeRead() throws Exception {
        List<Change> changes = after(
                "insert into keyless values ('ann', 'secret'), ('bob', null)",
                "update keyless set note = 'hidden' where name = 'ann'",
                "delete from keyless");

        assertNamesHold(changes);
        assertThat(changes.toString()).doesNotContain("secret", "hidden", "ann");
    }

    @Test
    void withAnIndexForAnIdentityThatIsNotThePrimaryKeyARowIsKnownByTheIndex() throws Exception {
        List<Change> changes = after(
                "insert into by_index values (1, 'a', 'x'), (2, 'b', 'y')",
                "update by_index set note = 'z' where id = 1",
                "update by_index set code = 'c' where id = 1",
                "delete from by_index");

        assertNamesHold(changes);
        assertThat(names(changes)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void keysOfSeveralPartsStayApartThoughTheirTextsHoldTheSeparator() throws Exception {
        List<Change> changes =
                after("insert into two_parts values ('x,y', 'z', ''), ('x', 'y,z', '')", "delete from two_parts");

        assertNamesHold(changes);
        assertThat(names(changes)).hasSize(2);
    }

    @Test
    void aTableThatGetsAColumnMeanwhileKeepsTheNamesOfItsRows() throws Exception {
        List<Change> changes = after(
                "insert into two_parts values ('p', 'q', '')",
                "alter table two_parts add column more int",
                "update two_parts set note = 'n' where a = 'p'",
                "delete from two_parts");

        assertNamesHold(changes);
    }

    @Test
    void aPartitionedTablesRowsAreKnownByItsRoot() throws Exception {
        List<Change> changes =
                after("insert into parted values (1, 'x')", "update parted set note = 'y'", "delete from parted");

        assertNamesHold(changes);
        assertThat(names(changes)).containsExactly("1");
    }

    /** What the source delivers for these statements. */
    private List<Change> after(String... statements) throws Exception {
        server.execute(statements);
        server.execute("insert into ending select coalesce(max(id), 0) + 1 from ending");
        List<Change> changes = new ArrayList<>();
        while (true) {
            Batch batch = Sources.take(source);
            source.acknowledge(batch.checkpoint());
            for (Change change : batch.changes()) {
                if (change.table().equals(END)) {
                    return changes;
                }
                changes.add(change);
            }
        }
    }

    private static void assertNamesHold(List<Change> changes) {
        Map<TableId, Set<RowId>> present = new HashMap<>();
        for (Change change : changes) {
            Set<RowId> rows = present.computeIfAbsent(change.table(), table -> new HashSet<>());
            switch (change) {
                case Change.Insert insert -> assertThat(rows.add(insert.row())).isTrue();
                case Change.Update update -> {
                    assertThat(rows.remove(update.rowBefore()))
                            .as(update.rowBefore() + " is present")
                            .isTrue();
                    assertThat(rows.add(update.row())).isTrue();
                }
                case Change.Delete delete ->
                    assertThat(rows.remove(delete.row()))
                            .as(delete.row() + " is present")
                            .isTrue();
                case Change.Snapshot snapshot -> throw new AssertionError(snapshot);
                case Change.Truncate truncate -> throw new AssertionError(truncate);
                // Of a table, and it may come long after what altered it.
                case Change.Altered altered -> {}
            }
        }
        assertThat(present.values()).allMatch(Set::isEmpty);
    }

    private static Set<String> names(List<Change> changes) {
        Set<String> names = new HashSet<>();
        for (Change change : changes) {
            if (change instanceof Change.Insert insert) {
                names.add(insert.row().key());
            } else if (change instanceof Change.Update update) {
                names.add(update.row().key());
            }
        }
        return names;
    }
}
