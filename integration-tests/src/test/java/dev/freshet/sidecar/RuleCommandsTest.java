package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands that tell what rules mean, where they ask a database. */
final class RuleCommandsTest extends ShopTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String TAGGED = """
              product:
                table: public.product
                put: [{key: "product:{id}", as: json, value: [id, name, price], ttl: none, tags: ["all"]}]
                purge: [{tag: "product-{id}"}]
            """;

    /** With an edge, which only this test's rules use. */
    private String file(String name, String slot, String rules) throws IOException {
        String text =
                RuleFile.of(database, cache).withSlot(slot).withRules(rules).text();
        return Files.writeString(
                        folder.resolve(name),
                        "edges: {site: {type: akamai, host: h, client_token: c, client_secret: s, access_token: a}}\n"
                                + text)
                .toString();
    }

    @Test
    void theTagsOfARow() throws IOException {
        String path = file("freshet.yaml", "tags", TAGGED);

        Ended.freshet("tags", "-c", path, "--table", "public.product", "--id", "2")
                .answered(0, "site        Edge-Cache-Tag: product-2", "cache       tags all");
        Ended.freshet("tags", "-c", path, "--table", "public.product", "--id", "7")
                .refused(1, "no row public.product/7");
    }

    @Test
    void aSampleOfTheRunningLogCountsUnderBothRuleFilesAndLeavesNothingBehind() throws IOException, SQLException {
        String old = file("old.yaml", "sampled", TAGGED);
        String now = file("new.yaml", "sampled", TAGGED.replace("product:{id}", "p:{id}"));
        try (FreshetProcess live = FreshetCommand.freshet(
                        "explain", "-c", now, "--against", old, "--live", "--for", "5s", "--json")
                .start()) {
            live.awaitLine("sampling ", SOON);
            database.execute("update product set price = price + 1", "update product set price = price + 1");
            assertThat(live.awaitExit(SOON)).isZero();

            JsonNode sample = new ObjectMapper().readTree(String.join("", live.output()));
            assertThat(sample.get("changes").asInt()).isEqualTo(4);
            assertThat(sample.at("/tables/public.product").asInt()).isEqualTo(4);
            assertThat(sample.at("/new/shapes/0/shape").asText()).isEqualTo("p:{id}");
            assertThat(sample.at("/new/shapes/0/operations").asInt()).isEqualTo(4);
            assertThat(sample.at("/new/shapes/0/distinct").asInt()).isEqualTo(2);
            assertThat(sample.at("/old/shapes/0/shape").asText()).isEqualTo("product:{id}");
            assertThat(sample.at("/new/edges/0/distinct_tags").asInt()).isEqualTo(2);
        }
        nothingIsLeftOf("sampled");
    }

    @Test
    void aSampleThatIsStoppedTellsWhatItHas() throws IOException, SQLException {
        String path = file("freshet.yaml", "stopped", TAGGED);
        try (FreshetProcess live = FreshetCommand.freshet("explain", "-c", path, "--live", "--for", "1h")
                .start()) {
            live.awaitLine("sampling ", SOON);
            assertThat(live.terminate()).isZero();
            assertThat(live.output()).first().asString().matches("[0-9]+ changes in [0-9.]+ s, .*/s");
        }
        nothingIsLeftOf("stopped");
    }

    @Test
    void aFirstFileIsWrittenIsRightAndRuns() throws IOException, SQLException {
        database.execute(
                "create table customer (id bigint primary key, name text, password_hash text)",
                "insert into customer values (1, 'Ada', 'x')");
        Path file = folder.resolve("freshet.yaml");
        FreshetCommand init = FreshetCommand.freshet(
                        "init",
                        "--url",
                        "postgresql://%s:%d/%s".formatted(database.host(), database.port(), database.database()),
                        "--user",
                        database.superuser(),
                        "--cache",
                        cache.uri().toString(),
                        "-o",
                        file.toString())
                .withEnvironment("PGPASSWORD", database.password());

        Ended noTables = Ended.of(init);
        assertThat(noTables.code()).isEqualTo(2);
        assertThat(noTables.output()).contains("  public.customer  rows not counted yet");
        Ended misspelt = Ended.of(init.with("--tables").with("custmer"));
        assertThat(misspelt.errors())
                .containsExactly("--tables custmer: there is no such table; did you mean 'customer'?");
        assertThat(file).doesNotExist();

        Ended written = Ended.of(init.with("--tables").with("product,public.customer"));
        assertThat(written.errors()).isEmpty();
        assertThat(written.code()).isZero();
        assertThat(written.output())
                .contains(
                        "left out of public.customer, since it looks like a secret: password_hash",
                        "an administrator, or the tables' owner, must run:",
                        "  alter table \"public\".\"customer\" replica identity full;");
        assertThat(Ended.of(init.with("--tables").with("product")).errors())
                .containsExactly(
                        file + " is there already; --force overwrites it",
                        folder.resolve("schema.json") + " is there already; --force overwrites it");

        database.execute("alter table customer replica identity full");
        runsAsWritten(file);
    }

    private void runsAsWritten(Path file) throws SQLException {
        Ended checked = Ended.of(FreshetCommand.freshet("check", "--connect", "-c", file.toString())
                .withEnvironment("PGPASSWORD", database.password()));
        assertThat(checked).isEqualTo(new Ended(0, List.of(file + ": nothing is wrong"), List.of()));
        try (FreshetProcess run = FreshetCommand.freshet("run", "-c", file.toString())
                .withEnvironment("PGPASSWORD", database.password())
                .start()) {
            run.awaitLine("following ", SOON);
            eventually(
                    SOON,
                    () -> assertThat(entry(file, "customer:1")).contains("value         {\"id\":1,\"name\":\"Ada\"}"));
            database.execute("update customer set name = 'Grace'");
            eventually(
                    SOON,
                    () -> assertThat(entry(file, "customer:1"))
                            .contains("value         {\"id\":1,\"name\":\"Grace\"}"));
            assertThat(run.terminate()).isZero();
        }
    }

    private List<String> entry(Path file, String key) {
        return Ended.of(FreshetCommand.freshet("get", key, "-c", file.toString())
                        .withEnvironment("PGPASSWORD", database.password()))
                .output();
    }

    private FreshetCommand init(String user, String tables) throws IOException {
        return FreshetCommand.freshet(
                "init",
                "--url",
                "postgresql://%s:%d/%s".formatted(database.host(), database.port(), database.database()),
                "--user",
                user,
                "--cache",
                cache.uri().toString(),
                "--tables",
                tables,
                "-o",
                Files.createTempDirectory(folder, "init")
                        .resolve("freshet.yaml")
                        .toString());
    }

    @Test
    void aPublicationThatIsThereKeepsItsTables() throws IOException, SQLException {
        database.execute(
                "create table supplier (id bigint primary key)",
                "create role reader login replication password 'r'",
                "grant select on product, supplier to reader",
                "drop publication if exists freshet",
                "create publication freshet for table product with (publish_via_partition_root = true)");
        try {
            Ended written = Ended.of(init("reader", "supplier").withEnvironment("PGPASSWORD", "r"));

            assertThat(written.errors()).isEmpty();
            assertThat(written.output())
                    .contains(
                            "  -- publication 'freshet' must be made or changed, and user 'reader' may not (it has public.product)",
                            "  alter publication \"freshet\" add table \"public\".\"supplier\";");
        } finally {
            database.execute(
                    "drop publication freshet", "drop table supplier", "drop owned by reader", "drop role reader");
        }
    }

    @Test
    void aSlotThatAnotherOneHoldsIsLeftToIt() throws IOException, SQLException {
        Path other = RuleFile.of(database, cache)
                .withRules(TAGGED.replaceFirst(" *purge: .*\n", ""))
                .in(folder);
        try (FreshetProcess run =
                FreshetCommand.freshet("run", "-c", other.toString()).start()) {
            eventually(
                    SOON,
                    () -> assertThat(count("select count(*) from pg_replication_slots where slot_name ="
                                    + " 'freshet' and active"))
                            .isOne());
            FreshetCommand init = init(database.superuser(), "product");
            Ended written = Ended.of(init.withEnvironment("PGPASSWORD", database.password()));

            assertThat(written.output())
                    .anyMatch(line -> line.startsWith("replication slot 'freshet' is in use by process ")
                            && line.endsWith(
                                    ": the file says slot and publication 'freshet_2'. If that one follows the same"
                                            + " rules, this one is not needed"));
            assertThat(Files.readString(Path.of(init.arguments().getLast())))
                    .contains("  slot: freshet_2               # made", "  publication: freshet_2        # made");
            assertThat(run.terminate()).isZero();
        } finally {
            eventually(
                    SOON,
                    () -> database.execute(
                            "select pg_drop_replication_slot('freshet')", "drop publication if exists freshet"));
        }
    }

    @Test
    void aPasswordThatIsMissingIsAskedForWhereItBelongs() throws IOException {
        Ended.of(init(database.superuser(), "product"))
                .refused(
                        1,
                        "PostgreSQL at %s:%d asks user '%s' for a password: set source.password"
                                .formatted(database.host(), database.port(), database.superuser()),
                        "source.url is --url here, source.user is --user, and source.password is not given: set PGPASSWORD in the"
                                + " environment, or name another place with --password '${env:NAME}' or --password"
                                + " '${file:/path}'");
    }

    @Test
    void aPlanCountsRowsWhereTheDatabaseAnswers() throws IOException, SQLException {
        database.execute("analyze product");
        String old = file("old.yaml", "planned", TAGGED);
        String now = file("new.yaml", "planned", TAGGED.replace("product:{id}", "p:{id}"));

        Ended planned = Ended.freshet("plan", "-c", now, "--against", old, "--connect");

        assertThat(planned.code()).isEqualTo(3);
        assertThat(planned.output())
                .contains("  public.product  about 2 rows", "  p:*  about 2 entries", "  product:*  about 2 entries");
    }

    private void nothingIsLeftOf(String slot) throws SQLException {
        assertThat(count("select count(*) from pg_replication_slots where slot_name like '" + slot + "%'"))
                .isZero();
        assertThat(count("select count(*) from pg_publication where pubname like '" + slot + "%'"))
                .isZero();
    }

    private int count(String query) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }
}
