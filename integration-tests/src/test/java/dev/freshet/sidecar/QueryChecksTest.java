package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a live database says of the queries in a file, before any of them is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class QueryChecksTest {
    private static final int FOUND = 3;
    private static final int FAILED = 1;
    private static final Pattern PLACE = Pattern.compile("^\\S+\\.yaml:[0-9]+:[0-9]+ (?=rules\\.)");

    @TempDir
    private static Path folder;

    private DatabaseServer database;
    private CacheServer cache;

    @BeforeAll
    void start() throws SQLException {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        database.execute(
                "create table product (id int primary key, category_id int, name text)",
                "alter table product replica identity full",
                "create table category (id int primary key, name text)",
                "insert into product select g, g % 7, 'p' from generate_series(1, 20000) g",
                "analyze product",
                "insert into category values (1, 'writing')",
                "create role reader login replication password 'secret'",
                "grant select on product to reader",
                "create publication freshet for table product with (publish_via_partition_root = true)");
    }

    @AfterAll
    void stop() {
        cache.close();
        database.close();
    }

    @Test
    void whatCannotBeAskedIsToldAndRunRefusesIt() {
        RuleFile file = file("""
                  wrong:
                    table: public.product
                    put:
                      - {key: "a:{id}", as: json, query: "select nmae from product where id = {id}", ttl: none}
                      - {key: "b:{id}", as: json, query: "select {id} + 'x'", ttl: none}
                      - {key: "c:{id}", as: sorted_set, query: "select name as member from product where id = {id}", ttl: none}
                      - {key: "d:{id}", as: json, query: "select name from product where id = {id} for update", ttl: none}
                      - {key: "e:{id}", as: json, query: "select id, name, id from product where id = {id}", ttl: none}
                      - {key: "f:{id}", as: string, query: "select id, name from product where id = {id}", ttl: none}
                  children:
                    table: public.product
                    for_each: {c: "select id from product where category_id = {category_id}"}
                    allow: [unindexed-query, fan-out]
                    invalidate: [{key: "g:{c.id}:{c.name}"}]
                """);

        String[] lines = {
            "rules.wrong.put[0].query: column \"nmae\" does not exist",
            "rules.wrong.put[1].query: operator is not unique: unknown + unknown",
            "rules.wrong.put[2].query: the query has no column 'score'; it has member",
            "rules.wrong.put[3].query: the query locks rows (for update, for share); it is asked where nothing can be"
                    + " written",
            "rules.wrong.put[4].query: the query has two columns 'id'; name one of them otherwise, with 'as'",
            "rules.wrong.put[5].query: a string holds one column, and the query has 2: id, name",
            "rules.children.for_each.c: the query has no column 'name'; it has id"
        };
        Ended check = check(file);
        assertThat(check.code()).isEqualTo(FOUND);
        assertThat(check.output())
                .filteredOn(line -> PLACE.matcher(line).find())
                .hasSize(lines.length);
        assertThat(withoutPlaces(check.output())).contains(lines);
        Ended run = Ended.freshet("run", "-c", file.in(folder).toString());
        assertThat(run.code()).isEqualTo(FAILED);
        assertThat(withoutPlaces(run.errors())).contains(lines);
    }

    @Test
    void whatIsSlowOrGoesFarOrIsNotFollowedIsAWarningThatARuleMayAccept() {
        String rules = """
                  children:
                    table: public.product
                    for_each: {c: "select p.id, k.name from product p join category k on k.id = p.category_id where category_id = {category_id}"}
                    invalidate: [{key: "d:{c.id}:{c.name}"}]
                """;

        Ended warned = check(file(rules));
        assertThat(warned.code()).isEqualTo(FOUND);
        assertThat(withoutPlaces(warned.output()))
                .containsExactly(
                        "rules.children.for_each.c: the server reads all 20,000 rows of public.product for it; create an index"
                                + " on what it asks for (unindexed-query)",
                        "rules.children.for_each.c: it reads public.category, which no rule follows: a change there reaches no"
                                + " entry by itself (unfollowed-table)",
                        "rules.children.for_each.c: the server expects 2,857 rows for one change (fan-out)");
        Ended accepted = check(file(
                rules.replace("invalidate:", "allow: [unindexed-query, unfollowed-table, fan-out]\n    invalidate:")));
        assertThat(accepted.code()).as("%s", accepted).isZero();
    }

    @Test
    void partitionsThatAQueryReadsAreTheirTables() throws SQLException {
        database.execute(
                "create table sale (id int, day date, primary key (id, day)) partition by range (day)",
                "create table sale_1 partition of sale for values from ('2026-01-01') to ('2026-07-01')",
                "create table sale_2 partition of sale for values from ('2026-07-01') to ('2027-01-01')",
                "alter publication freshet add table sale");
        String rules = """
                  sales:
                    table: public.%s
                    put: [{key: "sales:{id}", as: json, query: "select count(*) from sale where id = {id}", ttl: none}]
                """;

        Ended followed = check(file(rules.formatted("sale")));
        assertThat(followed.output()).noneMatch(line -> line.contains("unfollowed-table"));

        assertThat(check(file(rules.formatted("product"))).output())
                .filteredOn(line -> line.contains("unfollowed-table"))
                .singleElement()
                .asString()
                .contains("it reads public.sale, which no rule follows");
    }

    @Test
    void aTableThatTheUserMayNotReadIsToldOf() {
        RuleFile file = file("""
                  product:
                    table: public.product
                    put: [{key: "a:{id}", as: json, query: "select name from category where id = {id}", ttl: none}]
                """).as(database, "reader", "secret");

        assertThat(withoutPlaces(check(file).output()))
                .contains("rules.product.put[0].query: permission denied for table category");
    }

    @Test
    void explainShowsWhatTheQueriesFindNow() {
        Path file = file("""
                  product:
                    table: public.product
                    for_each: {c: "select id, name from category where id = {category_id}"}
                    put: [{key: "n:{c.id}", as: string, query: "select name from category where id = {c.id}", ttl: none}]
                    invalidate: [{key: "c:{c.name}"}]
                """).in(folder);

        assertThat(Ended.freshet("explain", "-c", file.toString(), "--row", "public.product/1")
                        .output())
                .contains(
                        "  put        n:1  writing  no ttl  (product, by its query)",
                        "  invalidate c:writing  (product)");
    }

    @Test
    void aQueryForWhichThePoolClosesItsConnectionIsToldLikeOthers() {
        String[] said = check(file("""
                  product:
                    table: public.product
                    put:
                      - {key: "a:{id}", as: json, query: "select case when {id} = 1 then generate_series(1, 2) end as n", ttl: none}
                      - {key: "b:{id}", as: json, query: "select count(distinct id) over () as n from product where id = {id}", ttl: none}
                      - {key: "c:{id}", as: json, query: "select nmae from product where id = {id}", ttl: none}
                """)).output().toArray(String[]::new);

        assertThat(said).noneMatch(line -> line.contains("is closed"));
        assertThat(said).anyMatch(line -> line.contains("put[2].query: column \"nmae\" does not exist"));
    }

    @Test
    void partitionsThatAreReadWholeAreOneFinding() throws SQLException {
        database.execute(
                "create table visit (id int, day int, who int) partition by list (day)",
                "create table visit_1 partition of visit for values in (1)",
                "create table visit_2 partition of visit for values in (2)",
                "insert into visit select g, 1 + g % 2, g from generate_series(1, 16000) g",
                "analyze visit");

        assertThat(check(file("""
                  product:
                    table: public.product
                    put: [{key: "v:{id}", as: json, query: "select count(*) from visit where who = {id}", ttl: none}]
                """)).output())
                .filteredOn(line -> line.contains("unindexed-query"))
                .singleElement()
                .asString()
                .contains("reads all 16,000 rows of public.visit for it");
    }

    private static List<String> withoutPlaces(List<String> lines) {
        return lines.stream().map(line -> PLACE.matcher(line).replaceFirst("")).toList();
    }

    private RuleFile file(String rules) {
        return RuleFile.of(database, cache).withRules(rules);
    }

    private static Ended check(RuleFile file) {
        return Ended.freshet("check", "--connect", "-c", file.in(folder).toString());
    }
}
