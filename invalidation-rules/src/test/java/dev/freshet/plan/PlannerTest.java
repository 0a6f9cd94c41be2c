package dev.freshet.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Unknown;
import dev.freshet.change.Version;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** "What each change does", row by row. */
class PlannerTest {
    private static final TableId PRODUCT = new TableId("public", "product");
    private static final Version VERSION = new Version(1, 2, 3, 4);
    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    private static final String RULES = """
            rules:
              page:
                table: public.product
                where: status == "live"
                put: [{key: "page:{slug}", as: json, value: [id, price], ttl: none}]
              lists:
                table: public.product
                where: status == "live"
                invalidate: [{key: "category:{category_id}"}]
            """;

    private static final MapRow ROW = MapRow.of(
            "id", 3L, "slug", "pen", "price", new BigDecimal("1.50"), "category_id", 7L, "status", "live", "note", "x");

    private static final List<String> SWEEPS = List.of("sweep \\Apage:(?:.*)\\z", "sweep \\Acategory:(?:-?[0-9]+)\\z");

    @TempDir
    static Path folder;

    static Stream<Arguments> changes() {
        MapRow out = ROW.with("status", "draft");
        return Stream.of(
                Arguments.of("insert, in", insert(ROW), List.of("put page:pen", "invalidate category:7")),
                Arguments.of("insert, out", insert(out), List.of()),
                Arguments.of(
                        "update, both in, another key",
                        update(ROW, ROW.with("slug", "biro").with("category_id", 8L)),
                        List.of("put page:biro", "invalidate category:7", "invalidate category:8", "remove page:pen")),
                Arguments.of(
                        "update, both in, same key",
                        update(ROW, ROW.with("price", BigDecimal.TEN)),
                        List.of("put page:pen", "invalidate category:7")),
                Arguments.of(
                        "update of a column that the put does not read",
                        update(ROW, ROW.with("note", "y")),
                        List.of("invalidate category:7")),
                Arguments.of(
                        "update, only in(new)", update(out, ROW), List.of("put page:pen", "invalidate category:7")),
                Arguments.of(
                        "update, only in(old)",
                        update(ROW, out.with("slug", "biro").with("category_id", 8L)),
                        List.of("invalidate category:7", "remove page:pen")),
                Arguments.of("update, neither in", update(out, out.with("price", BigDecimal.ONE)), List.of()),
                Arguments.of("delete, in", delete(ROW), List.of("invalidate category:7", "remove page:pen")),
                Arguments.of("delete, out", delete(out), List.of()),
                Arguments.of("snapshot row, in", snapshot(ROW), List.of("put page:pen")),
                Arguments.of("snapshot row, out", snapshot(out), List.of()),
                Arguments.of("truncate", truncate(), SWEEPS),
                Arguments.of(
                        "a NULL in a name means no entry",
                        update(ROW, ROW.with("slug", null)),
                        List.of("invalidate category:7", "remove page:pen")),
                Arguments.of(
                        "an old row that is not known counts as in",
                        update(unknownBut(ROW, "id"), ROW.with("status", "draft")),
                        List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void eachChangeDoesWhatTheReferenceSays(String name, Change change, List<String> expected) throws IOException {
        assertThat(told(new Planner(rules(RULES), CATALOG, OldKeys.REQUIRED).plan(change)))
                .isEqualTo(expected);
    }

    /** A value that is there and that nobody can read. */
    @Nested
    class AnUnreadableColumn {
        private static final String THREE_RULES = """
                rules:
                  page:
                    table: public.product
                    put: [{key: "page:{slug}", as: json, value: [id, price], ttl: none}]
                  note:
                    table: public.product
                    put: [{key: "note:{id}", as: string, value: "{note}", ttl: none}]
                  all:
                    table: public.product
                    put: [{key: "all:{id}", as: hash, value: all, ttl: none}]
                """;

        private Plan plan(String rules, Change change) throws IOException {
            return new Planner(rules(rules), CATALOG, OldKeys.REQUIRED).plan(change);
        }

        @Test
        void concernsNoRuleThatDoesNotReadIt() throws IOException {
            Row row = Unreadable.in(ROW, "note");
            assertThat(told(plan(RULES, insert(row)))).containsExactly("put page:pen", "invalidate category:7");
            assertThat(told(plan(RULES, update(row, row)))).containsExactly("invalidate category:7");
            assertThat(told(plan(RULES, delete(row)))).containsExactly("invalidate category:7", "remove page:pen");
            assertThat(plan(RULES, update(row, row)).failures()).isEmpty();
        }

        @Test
        void inAValueIsAFailureAndTakesTheEntryAway() throws IOException {
            Row row = Unreadable.in(ROW.with("price", BigDecimal.TEN), "note");
            for (Change change : List.of(insert(row), update(ROW, row), update(row, row), snapshot(row))) {
                Plan plan = plan(THREE_RULES, change);
                assertThat(told(plan)).contains("remove note:3", "remove all:3").doesNotContain("remove page:pen");
                assertThat(plan.failures())
                        .extracting(Failure::path, Failure::reason)
                        .containsExactly(
                                tuple("put[0].value", "column 'note' cannot be read: it is odd"),
                                tuple("put[0].value", "column 'note' cannot be read: it is odd"));
            }
        }

        @Test
        void isOverwrittenOnceItCanBeReadAgain() throws IOException {
            Plan plan = plan(THREE_RULES, update(Unreadable.in(ROW, "note"), ROW));
            assertThat(told(plan)).containsExactly("put note:3", "put all:3");
            assertThat(plan.failures()).isEmpty();
        }

        @Test
        void inAKeyIsAFailureAndTakesTheOldEntryAway() throws IOException {
            Plan plan = plan(RULES, update(ROW, Unreadable.in(ROW, "slug")));
            assertThat(told(plan)).containsExactly("invalidate category:7", "remove page:pen");
            assertThat(plan.failures()).extracting(Failure::path).containsExactly("put[0].key");
        }

        @Test
        void inWhereIsAFailureAndLetsTheRowOut() throws IOException {
            Plan plan = plan(RULES, update(ROW, Unreadable.in(ROW, "status")));
            assertThat(told(plan)).containsExactly("invalidate category:7", "remove page:pen");
            assertThat(plan.failures()).extracting(Failure::path).containsExactly("where", "where");
        }

        @Test
        void amongTheColumnsThatCountIsAFailureAndCounts() throws IOException {
            String rules = """
                    rules:
                      lists:
                        table: public.product
                        columns: [note]
                        invalidate: [{key: "category:{category_id}"}]
                    """;
            Row row = Unreadable.in(ROW, "note");
            assertThat(told(plan(rules, update(row, row)))).containsExactly("invalidate category:7");
            assertThat(plan(rules, update(row, row)).failures())
                    .extracting(Failure::path)
                    .containsExactly("columns");
        }

        private record Unreadable(Row row, String column) implements Row {
            static Row in(Row row, String column) {
                return new Unreadable(row, column);
            }

            @Override
            public @Nullable Object get(String name) {
                if (name.equals(column)) {
                    throw new EvaluationException("column '" + column + "' cannot be read: it is odd");
                }
                return row.get(name);
            }

            @Override
            public List<String> columns() {
                return row.columns();
            }
        }
    }

    @Nested
    class Values {
        @Test
        void aPutCarriesItsRowsValueOwnerAndVersion() throws IOException {
            Plan plan = new Planner(rules(RULES), CATALOG, OldKeys.REQUIRED).plan(insert(ROW));

            assertThat(plan.operations().getFirst()).isInstanceOfSatisfying(Operation.Put.class, put -> {
                assertThat(put.owner()).isEqualTo(new RowId(PRODUCT, "3"));
                assertThat(put.version()).isEqualTo(VERSION);
                assertThat(put.expiry()).isEqualTo(new Expiry.Never());
                assertThat(put.entry())
                        .isInstanceOfSatisfying(
                                Entry.Json.class,
                                json -> assertThat(new String(json.value().utf8(), UTF_8))
                                        .isEqualTo("{\"id\":3,\"price\":1.50}"));
            });
        }

        @Test
        void lifetimesAreSpreadByATenthAndTheSameForTheSameKey() throws IOException {
            RuleSet rules = rules("""
                    rules:
                      p: {table: public.product, put: [{key: "p:{id}", as: string, value: "{price}", ttl: 100s}]}
                    """);
            Planner planner = new Planner(rules, CATALOG, OldKeys.REQUIRED);

            for (long id = 0; id < 50; id++) {
                Expiry first = expiry(planner.plan(insert(ROW.with("id", id))));
                assertThat(expiry(planner.plan(insert(ROW.with("id", id))))).isEqualTo(first);
                assertThat(first)
                        .isInstanceOfSatisfying(
                                Expiry.After.class,
                                after -> assertThat(after.duration())
                                        .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100)));
            }
        }

        @Test
        void aValueThatWasNotSentIsNeverWrittenAndItsEntryGoes() throws IOException {
            Plan plan = new Planner(rules(RULES), CATALOG, OldKeys.REQUIRED)
                    .plan(update(ROW, ROW.with("price", Unknown.VALUE)));

            assertThat(told(plan)).containsExactly("invalidate category:7", "remove page:pen");
            assertThat(plan.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.path()).isEqualTo("put[0].value");
                assertThat(failure.reason()).contains("price").contains("REPLICA IDENTITY FULL");
            });
        }

        @Test
        void aRuleThatFailsStopsNoOther() throws IOException {
            RuleSet rules = rules("""
                    rules:
                      bad: {table: public.product, put: [{key: "bad:{id}", as: string, value: "{id / 0}", ttl: none}]}
                      good: {table: public.product, put: [{key: "good:{id}", as: string, value: "{id}", ttl: none}]}
                    """);

            Plan plan = new Planner(rules, CATALOG, OldKeys.REQUIRED).plan(insert(ROW));

            assertThat(told(plan)).containsExactlyInAnyOrder("put good:3", "remove bad:3");
            assertThat(plan.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.rule().text()).isEqualTo("bad"));
        }

        @Test
        void anEntryThatIsRemovedAndWrittenByOneChangeIsWritten() throws IOException {
            RuleSet rules = rules("""
                    rules:
                      p:
                        table: public.product
                        put: [{key: "p:{[id, category_id]}", as: string, value: "{id}", ttl: none}]
                        on_truncate: {}
                    """);

            Plan plan = new Planner(rules, CATALOG, OldKeys.REQUIRED)
                    .plan(update(ROW, ROW.with("id", 7L).with("category_id", 9L)));

            assertThat(told(plan)).containsExactly("put p:7", "put p:9", "remove p:3");
        }

        private static Expiry expiry(Plan plan) {
            return ((Operation.Put) plan.operations().getFirst()).expiry();
        }
    }

    @Test
    void updatesCountOnlyIfAColumnOfTheListChanged() throws IOException {
        RuleSet rules = rules("""
                rules:
                  l: {table: public.product, columns: [price], invalidate: [{key: "l:{id}"}]}
                """);
        Planner planner = new Planner(rules, CATALOG, OldKeys.REQUIRED);

        assertThat(told(planner.plan(update(ROW, ROW.with("note", "y"))))).isEmpty();
        assertThat(told(planner.plan(update(ROW, ROW.with("price", BigDecimal.ONE)))))
                .containsExactly("invalidate l:3");
        assertThat(told(planner.plan(update(ROW.with("price", Unknown.VALUE), ROW))))
                .containsExactly("invalidate l:3");
    }

    @Test
    void aRowThatMayHaveEnteredWhereIsWrittenAlthoughNothingThatThePutReadsChanged() throws IOException {
        RuleSet rules = rules("""
                rules:
                  p:
                    table: public.product
                    where: status == "live"
                    put: [{key: "p:{id}", as: string, value: "{id}", ttl: none}]
                """);

        assertThat(told(new Planner(rules, CATALOG, OldKeys.REQUIRED).plan(update(unknownBut(ROW, "id"), ROW))))
                .containsExactly("put p:3");
    }

    @Test
    void oneTableMayHaveNamesOfItsOwn() throws IOException {
        RuleSet rules = rules("""
                rules:
                  o:
                    table:
                      public.product: {product_id: id}
                      public.stock: {}
                    invalidate: [{key: "stock:{product_id}"}]
                """);
        Planner planner = new Planner(rules, CATALOG, OldKeys.REQUIRED);
        TableId stock = new TableId("public", "stock");

        assertThat(told(planner.plan(insert(ROW)))).containsExactly("invalidate stock:3");
        assertThat(told(planner.plan(
                        new Change.Insert(stock, new RowId(stock, "1"), VERSION, AT, MapRow.of("product_id", 5L)))))
                .containsExactly("invalidate stock:5");
    }

    @Test
    void aRowThatIsKnownByAnotherNameNowIsWrittenUnderItAndRemovedUnderTheOldOne() throws IOException {
        RowId old = new RowId(PRODUCT, "old");
        RowId now = new RowId(PRODUCT, "now");
        Row after = ROW.with("note", "y");
        Planner planner = new Planner(rules(RULES), CATALOG, OldKeys.REQUIRED);

        assertThat(planner.plan(new Change.Update(PRODUCT, old, now, VERSION, AT, ROW, after))
                        .operations())
                .filteredOn(Operation.Put.class::isInstance)
                .extracting(operation -> ((Operation.Put) operation).owner())
                .containsExactly(now);
        assertThat(planner.plan(new Change.Update(PRODUCT, old, now, VERSION, AT, ROW, ROW.with("slug", "biro")))
                        .operations())
                .filteredOn(Operation.Remove.class::isInstance)
                .extracting(operation -> ((Operation.Remove) operation).owner())
                .containsExactly(old);
    }

    @Test
    void anOldNameThatCannotBeToldIsAFailureUnlessTheUserAcceptsIt() throws IOException {
        Change change = update(unknownBut(ROW, "id"), ROW.with("slug", "biro"));

        assertThat(new Planner(rules(RULES), CATALOG, OldKeys.REQUIRED)
                        .plan(change)
                        .failures())
                .extracting(failure -> failure.rule() + " " + failure.path())
                .containsExactly("page put[0].key", "lists invalidate[0].key");
        assertThat(new Planner(rules(RULES), CATALOG, OldKeys.MAY_BE_UNKNOWN)
                        .plan(change)
                        .failures())
                .isEmpty();
    }

    @Test
    void beginningAnewSweepsEveryKeyThatRulesMayHaveMadeOrThatAnApplicationMayHaveFilled() throws IOException {
        Planner planner = new Planner(rules(RULES), CATALOG, OldKeys.REQUIRED);

        assertThat(planner.forgetPuts(VERSION, AT).stream().map(PlannerTest::tell))
                .containsExactly(SWEEPS.get(0));
        assertThat(planner.forgetFills(VERSION, AT).stream().map(PlannerTest::tell))
                .containsExactly(SWEEPS.get(1));
    }

    @Test
    void whatADatabaseDoesNotSendIsNamedWithTheStatementThatMendsIt() throws IOException {
        assertThat(OldRowNeeds.of(rules(RULES), CATALOG))
                .extracting(need -> need.kind() + " " + need.rule() + " " + need.columns() + " " + need.statement())
                .containsExactly(
                        "OLD_KEY page [slug] alter table \"public\".\"product\" replica identity full",
                        "OLD_KEY lists [category_id] alter table \"public\".\"product\" replica identity full");
    }

    private static final Catalog CATALOG = new Catalog(Map.of(
            PRODUCT,
            new Catalog.Table(
                    PRODUCT,
                    List.of(
                            new Catalog.Column("id", "bigint", Catalog.Kind.INTEGER, false),
                            new Catalog.Column("slug", "text", Catalog.Kind.TEXT, false),
                            new Catalog.Column("price", "numeric", Catalog.Kind.DECIMAL, false),
                            new Catalog.Column("category_id", "bigint", Catalog.Kind.INTEGER, false),
                            new Catalog.Column("status", "text", Catalog.Kind.TEXT, false),
                            new Catalog.Column("note", "text", Catalog.Kind.TEXT, false)),
                    List.of(List.of("id"), List.of("slug")),
                    new Catalog.OldRow.Only(List.of("id")))));

    private static RuleSet rules(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), yaml);
        Variables variables = Variables.ofProcess();
        return switch (new RuleFiles(variables).load(file, Catalog.NONE, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> loaded.rules();
            case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
        };
    }

    private static MapRow unknownBut(MapRow row, String known) {
        MapRow unknown = row;
        for (String column : row.columns()) {
            unknown = column.equals(known) ? unknown : unknown.with(column, Unknown.VALUE);
        }
        return unknown;
    }

    private static Change insert(Row row) {
        return new Change.Insert(PRODUCT, id(row), VERSION, AT, row);
    }

    private static Change update(Row before, Row after) {
        return new Change.Update(PRODUCT, id(before), id(after), VERSION, AT, before, after);
    }

    private static Change delete(Row row) {
        return new Change.Delete(PRODUCT, id(row), VERSION, AT, row);
    }

    private static Change snapshot(Row row) {
        return new Change.Snapshot(PRODUCT, id(row), VERSION, AT, row);
    }

    private static Change truncate() {
        return new Change.Truncate(PRODUCT, VERSION, AT);
    }

    private static RowId id(Row row) {
        return new RowId(PRODUCT, String.valueOf(row.get("id")));
    }

    private static List<String> told(Plan plan) {
        return plan.operations().stream().map(PlannerTest::tell).toList();
    }

    private static String tell(Operation operation) {
        return Words.of(operation);
    }
}
