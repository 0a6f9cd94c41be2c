package dev.freshet.connector.debezium;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Unknown;
import dev.freshet.change.Version;
import dev.freshet.plan.Entry;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Plan;
import dev.freshet.plan.Planner;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.JsonValue;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.Servers;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A value is the same whichever way it comes, and is what {@code docs/types.md} says. */
class TypesTest {
    private static final TableId ALL = new TableId("public", "all_types");
    private static final TimeZone HERE = TimeZone.getDefault();

    /** Databases are set up for people; what is read must not change with it. */
    private static final String[] SETTINGS = {
        "alter database postgres set datestyle = 'German'",
        "alter database postgres set intervalstyle = 'sql_standard'",
        "alter database postgres set bytea_output = 'escape'",
        "alter database postgres set extra_float_digits = -10",
        "alter database postgres set timezone = 'Asia/Tokyo'"
    };

    @TempDir
    private Path folder;

    /** As the process does. */
    @BeforeAll
    static void liveInGreenwich() {
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    }

    @AfterAll
    static void comeHome() {
        TimeZone.setDefault(HERE);
    }

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void everyTypeReadsAsItsPageSaysInASnapshotInTheLogAndInAQuery(PostgresRelease release) throws Exception {
        TypesPage page = TypesPage.read();
        assertThat(page.rows()).hasSizeGreaterThan(100);
        try (DatabaseServer server = Servers.chosen().postgres(release)) {
            server.execute(page.setup().toArray(String[]::new));
            server.execute(SETTINGS);
            server.execute(table(page.rows()), "insert into all_types (id) values (1)");
            PostgresDatabase database = new PostgresDatabase(Sources.address(server));
            Catalog catalog = database.catalog();
            Planner planner = planner(page.rows(), catalog);

            Row queried =
                    database.row(catalog.table(ALL).orElseThrow(), List.of("1")).orElseThrow();
            assertThat(read(page, planner, insert(queried), queried))
                    .as("queried")
                    .isEqualTo(told(page));

            try (Changes changes = Changes.of(server, "types", ALL)) {
                Change.Snapshot snapshot = changes.next(Change.Snapshot.class);
                assertThat(read(page, planner, snapshot, snapshot.after()))
                        .as("snapshot")
                        .isEqualTo(told(page));

                server.execute("insert into all_types (id) values (2)");
                Change.Insert insert = changes.next(Change.Insert.class);
                assertThat(read(page, planner, insert, insert.after()))
                        .as("log")
                        .isEqualTo(told(page));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void anUnchangedLongValueIsNotKnownUnlessTheOldRowIsSentWhole(PostgresRelease release) throws Exception {
        TableId table = new TableId("public", "long_values");
        List<String> columns = List.of("t", "j", "b", "a", "n", "h", "x", "m", "f");
        try (DatabaseServer server = Servers.chosen().postgres(release)) {
            server.execute(
                    "create extension hstore",
                    "create table long_values (id bytea primary key, small int, t text not null, j jsonb, b bytea,"
                            + " a text[], n numeric, h hstore, x xml, m int4multirange, f float8[])",
                    "alter table long_values alter t set storage external, alter j set storage external,"
                            + " alter b set storage external, alter a set storage external, alter n set storage external,"
                            + " alter h set storage external, alter x set storage external, alter m set storage external,"
                            + " alter f set storage external",
                    "insert into long_values select '\\x00ff', 1, v, to_jsonb(v), v::bytea, array[v], repeat('7', 9000)::numeric,"
                            + " hstore('k', v), ('<a>' || v || '</a>')::xml,"
                            + " (select range_agg(int4range(g * 3, g * 3 + 1)) from generate_series(1, 2000) g),"
                            + " (select array_agg(g::float8) from generate_series(1, 2000) g)"
                            + " from repeat('v', 9000) v");
            Row whole;
            try (Changes changes = Changes.of(server, "key_only", table)) {
                whole = changes.next(Change.Snapshot.class).after();

                server.execute("update long_values set small = 2");
                Change.Update partial = changes.next(Change.Update.class);
                assertThat(partial.row()).isEqualTo(new RowId(table, "00ff"));
                for (String column : columns) {
                    assertThat(partial.after().get(column)).as(column).isEqualTo(Unknown.VALUE);
                }
            }
            server.execute("alter table long_values replica identity full");
            try (Changes changes = Changes.of(server, "whole", table)) {
                changes.next(Change.Snapshot.class);

                server.execute("update long_values set small = 3");
                Row full = changes.next(Change.Update.class).after();
                for (String column : columns) {
                    assertThat(whole.get(column)).as(column).isNotEqualTo(Unknown.VALUE);
                    assertThat(full.get(column)).as(column).isEqualTo(whole.get(column));
                }
            }
        }
    }

    private static String table(List<TypesPage.Row> rows) {
        StringBuilder sql = new StringBuilder("create table all_types (id int primary key");
        for (int i = 0; i < rows.size(); i++) {
            TypesPage.Row row = rows.get(i);
            sql.append(", c%d %s default %s".formatted(i, row.type(), row.sql()));
        }
        return sql.append(")").toString();
    }

    /** A rule a column, which writes it into a key and into a value. */
    private Planner planner(List<TypesPage.Row> rows, Catalog catalog) throws Exception {
        StringBuilder rules = new StringBuilder("rules:\n");
        for (int i = 0; i < rows.size(); i++) {
            rules.append("""
                      c%1$d:
                        table: public.all_types
                        put: [{key: "c%1$d of {id}:{c%1$d}", as: json, value: [c%1$d], ttl: none}]
                      whole-c%1$d:
                        table: public.all_types
                        put: [{key: "whole c%1$d of {id}", as: json, value: [c%1$d], ttl: none}]
                    """.formatted(i).indent(2));
        }
        Path file = Files.writeString(folder.resolve("freshet.yaml"), rules);
        return switch (new RuleFiles(Variables.ofProcess()).load(file, catalog, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> new Planner(loaded.rules(), catalog, OldKeys.REQUIRED);
            case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
        };
    }

    private static List<String> told(TypesPage page) {
        return page.rows().stream().map(TypesPage.Row::toString).toList();
    }

    private static List<String> read(TypesPage page, Planner planner, Change change, Row row) {
        Plan plan = planner.plan(change);
        assertThat(plan.failures()).isEmpty();
        Map<String, List<String>> names = new LinkedHashMap<>();
        Map<String, String> json = new LinkedHashMap<>();
        for (Operation operation : plan.operations()) {
            String rule = operation.rule().text();
            if (!(operation instanceof Operation.Put put) || !(put.entry() instanceof Entry.Json(JsonValue value))) {
                throw new AssertionError(operation);
            }
            String key = put.key().text();
            if (rule.startsWith("whole-")) {
                String text = new String(value.utf8(), UTF_8);
                json.put(rule.substring("whole-".length()), text.substring(text.indexOf(':') + 1, text.length() - 1));
            } else {
                names.computeIfAbsent(rule, of -> new ArrayList<>()).add(key.substring(key.indexOf(':') + 1));
            }
        }
        List<String> read = new ArrayList<>();
        for (int i = 0; i < page.rows().size(); i++) {
            String column = "c" + i;
            TypesPage.Row of = page.rows().get(i);
            read.add(new TypesPage.Row(
                            of.type(),
                            of.literal(),
                            new TypesPage.Read(
                                    kind(row.get(column)),
                                    String.valueOf(json.get(column)),
                                    names.getOrDefault(column, List.of())))
                    .toString());
        }
        return read;
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Boolean ignored -> "boolean";
            case Long ignored -> "integer";
            case BigDecimal ignored -> "decimal";
            case Double ignored -> "double";
            case String ignored -> "text";
            case ByteBuffer ignored -> "bytes";
            case UUID ignored -> "UUID";
            case LocalDate ignored -> "date";
            case LocalTime ignored -> "time of day";
            case LocalDateTime ignored -> "timestamp without zone";
            case Instant ignored -> "timestamp";
            case List<?> ignored -> "list";
            case Map<?, ?> ignored -> "map";
            default -> throw new AssertionError(value.getClass());
        };
    }

    private static Change insert(Row row) {
        return new Change.Insert(ALL, new RowId(ALL, "1"), new Version(1, 1, 1, 0), Instant.EPOCH, row);
    }
}
