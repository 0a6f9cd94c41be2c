package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.servers.CacheMemory;
import dev.freshet.servers.CacheRelease;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.XAddArgs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command as it is typed, beside one database and one cache. */
final class CommandsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG = 2;
    private static final int FOUND = 3;

    private static final String HASH_TOO = RuleFile.PRODUCT + """
              price:
                table: public.product
                put:
                  - {key: "price:{id}", as: hash, value: {price: price, sale: price < 50}, ttl: none}
            """;

    private static DatabaseServer database;
    private static CacheServer cache;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws SQLException {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        database.execute(
                "create table product (id bigint primary key, name text, price int)",
                "alter table product replica identity full",
                "insert into product values (1, 'Kettle', 40), (2, 'Lamp', 70)",
                "create table item (order_id int, line int, name text, primary key (order_id, line))",
                "insert into item values (17, 2, 'Lamp')");
    }

    @AfterAll
    static void close() {
        cache.close();
        database.close();
    }

    @Test
    void everyCommandExplainsItself() {
        explainsItself("freshet", FreshetCommand.freshet("--help"));
        for (String command : List.of(
                "init", "run", "check", "explain", "plan", "test", "tags", "get", "schema", "demo", "uninstall")) {
            explainsItself("freshet " + command, FreshetCommand.freshet(command, "--help"));
        }
    }

    private static void explainsItself(String name, FreshetCommand command) {
        Ended help = Ended.of(command);
        assertThat(help.code()).isZero();
        assertThat(help.errors()).isEmpty();
        assertThat(help.output()).first().asString().startsWith("Usage: " + name + " ");
    }

    @Test
    void nothingIsNotACommand() {
        Ended nothing = Ended.freshet();
        assertThat(nothing.code()).isEqualTo(WRONG);
        assertThat(nothing.output()).isEmpty();
        assertThat(nothing.errors())
                .startsWith("Missing required subcommand")
                .anyMatch(line -> line.startsWith("Usage: freshet"));
    }

    @Test
    void anOptionThatIsNoneIsNamed() {
        Ended unknown = Ended.freshet("check", "--conect");
        assertThat(unknown.code()).isEqualTo(WRONG);
        assertThat(unknown.errors()).first().asString().contains("--conect");
        assertThat(unknown.errors()).anyMatch(line -> line.contains("--connect"));
    }

    @Test
    void aRightFileIsRightWithAndWithoutItsDatabase() {
        String path = file("right").in(folder).toString();
        Ended.freshet("check", "-c", path)
                .answered(
                        DONE,
                        path
                                + ": nothing is wrong; tables and columns were not looked up (--connect does, or freshet schema"
                                + " writes them to a file)");
        Ended.freshet("check", "--connect", "-c", path).answered(DONE, path + ": nothing is wrong");
        Ended.freshet("check", "--connect", "--json", "-c", path).answered(DONE, "{\"problems\":[],\"database\":[]}");
    }

    @Test
    void aFileIsCheckedAgainstASchemaThatWasWrittenBesideIt() {
        String path = file("right").in(folder).toString();
        Path schema = folder.resolve("schema.json");
        assertThat(Ended.freshet("schema", "-c", path, "-o", schema.toString()).code())
                .isEqualTo(DONE);

        Ended.freshet("check", "-c", path)
                .answered(DONE, path + ": nothing is wrong; tables and columns were looked up in schema.json");
        String misspelt = file("misspelt")
                .withRules(RuleFile.PRODUCT.replace("[id, name", "[id, nmae"))
                .in(folder)
                .toString();
        Ended told = Ended.freshet("check", "-c", misspelt);
        assertThat(told.code()).isEqualTo(WRONG);
        assertThat(told.output()).anyMatch(line -> line.contains("did you mean 'name'?"));
    }

    @Test
    void aWrongFileIsToldToPeopleAndToPrograms() throws IOException {
        String path = file("wrong")
                .withRules(RuleFile.PRODUCT.replace("table:", "tabel:"))
                .in(folder)
                .toString();
        Ended told = Ended.freshet("check", "-c", path);
        assertThat(told.code()).isEqualTo(WRONG);
        assertThat(told.errors()).isEmpty();
        assertThat(told.output())
                .first()
                .asString()
                .startsWith(path + ":6:5 rules.product.tabel: ")
                .contains("'table'");

        Ended json = Ended.freshet("check", "--json", "-c", path);
        assertThat(json.code()).isEqualTo(WRONG);
        JsonNode problem = new ObjectMapper()
                .readTree(String.join("", json.output()))
                .get("problems")
                .get(0);
        assertThat(problem.get("line").asInt()).isEqualTo(6);
        assertThat(problem.get("column").asInt()).isEqualTo(5);
        assertThat(problem.get("path").asText()).isEqualTo("rules.product.tabel");
        assertThat(problem.get("severity").asText()).isEqualTo("error");
    }

    @Test
    void aChangeIsExplainedFromARow() {
        String path = file("explained").withRules(HASH_TOO).in(folder).toString();
        Ended.freshet("explain", "-c", path, "--row", "public.product/2", "--set", "price=30")
                .answered(
                        DONE,
                        "update of public.product/2",
                        "rule product",
                        "  put        product:2  {\"id\":2,\"name\":\"Lamp\",\"price\":30}  no ttl  (product, owner public.product/2)",
                        "rule price",
                        "  put        price:2  {price=30, sale=true}  no ttl  (price, owner public.product/2)");
        Ended absent = Ended.freshet("explain", "-c", path, "--row", "public.product/77");
        absent.refused(1, "no row public.product/77");
    }

    @Test
    void nullIsSetAndItsTextInQuotes() {
        String path = file("explained").in(folder).toString();
        assertThat(Ended.freshet(
                                "explain",
                                "-c",
                                path,
                                "--row",
                                "public.product/2",
                                "--set",
                                "price=null",
                                "--set",
                                "name=\"null\"")
                        .output())
                .contains("  put        product:2  {\"id\":2,\"name\":\"null\",\"price\":null}  no ttl  (product, owner"
                        + " public.product/2)");
    }

    @Test
    void aRowOfAKeyOfTwoColumnsIsNamedByBoth() {
        String path = file("explained").withRules("""
                          item:
                            table: public.item
                            put: [{key: "item:{order_id}:{line}", as: json, value: [name], ttl: none}]
                        """).in(folder).toString();
        Ended.freshet("explain", "-c", path, "--row", "public.item/17")
                .refused(
                        WRONG,
                        "public.item/17: a row of this table is known by order_id and line; write"
                                + " public.item/<order_id>,<line>");
        assertThat(Ended.freshet("explain", "-c", path, "--row", "public.item/17,2")
                        .output())
                .contains("  put        item:17:2  {\"name\":\"Lamp\"}  no ttl  (item, owner public.item/17,2)");
    }

    @Test
    void aChangeIsExplainedFromEitherFormOfAFile() throws IOException {
        String path = file("explained").in(folder).toString();
        Path own = Files.writeString(
                folder.resolve("own.json"),
                "{\"table\": \"public.product\", \"before\": {\"id\": 3, \"name\": \"Pan\", \"price\": 9}}");
        Ended.freshet("explain", "-c", path, "--change", own.toString())
                .answered(
                        DONE,
                        "delete of public.product/3",
                        "rule product",
                        "  remove     product:3  (product, owner public.product/3)");
        Path envelope = Files.writeString(folder.resolve("envelope.json"), """
                {"schema": {}, "payload": {
                  "op": "c", "before": null, "after": {"id": 3, "name": "Pan", "price": 9},
                  "source": {"connector": "postgresql", "schema": "public", "table": "product", "lsn": 17}}}
                """);
        Ended.freshet("explain", "-c", path, "--change", envelope.toString())
                .answered(
                        DONE,
                        "insert of public.product/3",
                        "rule product",
                        "  put        product:3  {\"id\":3,\"name\":\"Pan\",\"price\":9}  no ttl  (product, owner public.product/3)");
    }

    @Test
    void aDryRunTellsWhatItWouldWriteAndLeavesNothingBehind() throws SQLException {
        String path = file("dry")
                .withCache("url: \"%s\", prefix: \"dry:\"".formatted(cache.uri()))
                .in(folder)
                .toString();
        try (FreshetProcess dry =
                FreshetCommand.freshet("run", "--dry-run", "-c", path).start()) {
            dry.awaitLine("put        product:1  {\"id\":1,\"name\":\"Kettle\"", SOON);
            assertThat(dry.terminate()).isZero();
            assertThat(dry.errors()).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
        }
        assertThat(count("select count(*) from pg_replication_slots where slot_name like 'dry%'"))
                .isZero();
        assertThat(count("select count(*) from pg_publication where pubname like 'dry%'"))
                .isZero();
        assertThat(keys("dry:*")).isEmpty();
    }

    @Test
    void runTellsWhatItDoesShowsItsHealthAndEndsInOrder() throws SQLException, IOException, InterruptedException {
        String path = file("shown")
                .withCache("url: \"%s\", prefix: \"shown:\"".formatted(cache.uri()))
                .withRules(HASH_TOO)
                .in(folder)
                .toString();
        try (FreshetProcess run = FreshetCommand.freshet("run", "-c", path).start()) {
            String admin = admin(run);
            assertThat(run.output())
                    .anyMatch(line -> line.startsWith("following " + database.superuser() + "@")
                            && line.endsWith("slot 'shown', publication 'shown'"))
                    .anyMatch(line -> line.startsWith("  public.product: 2 rules, "))
                    .contains("into the cache at %s:%d under 'shown:'".formatted(cache.host(), cache.port()));
            HttpResponse<String> first = get(admin + "/health/ready");
            assertThat(first.statusCode()).as(first.body()).isEqualTo(503);
            assertThat(get(admin + "/health/live").statusCode()).isEqualTo(200);
            awaitReady(admin);

            eventually(SOON, () -> assertThat(keys("shown:product:*")).hasSize(2));
            database.execute("update product set name = 'Big lamp' where id = 2");
            assertThat(run.awaitLine("product:2 fresh after ", SOON))
                    .matches("product:2 fresh after [0-9]+\\.[0-9] ms");

            eventually(SOON, () -> {
                String metrics = get(admin + "/metrics").body();
                assertThat(metric(metrics, "freshet_changes_total{kind=\"snapshot\"}"))
                        .isEqualTo(2);
                assertThat(metric(metrics, "freshet_changes_total{kind=\"update\"}"))
                        .isGreaterThanOrEqualTo(1);
                assertThat(metric(
                                metrics, "freshet_operations_total{kind=\"put\",outcome=\"applied\",rule=\"product\"}"))
                        .isGreaterThanOrEqualTo(3);
                assertThat(metric(metrics, "freshet_commit_to_cache_seconds_count"))
                        .isGreaterThanOrEqualTo(1);
                assertThat(metric(metrics, "freshet_commit_to_cache_seconds_sum"))
                        .isBetween(0.0, 60.0);
                assertThat(metric(metrics, "freshet_lag_seconds")).isBetween(0.0, 60.0);
                assertThat(metric(metrics, "freshet_lag_bytes")).isBetween(0.0, 1e8);
                assertThat(metric(metrics, "freshet_queue_depth")).isZero();
                assertThat(metric(metrics, "freshet_target_retries_total")).isZero();
                assertThat(metric(metrics, "freshet_source_lost_total")).isZero();
                assertThat(metric(metrics, "freshet_target_up")).isEqualTo(1);
                assertThat(metric(metrics, "freshet_source_up")).isEqualTo(1);
            });
            entriesAreShown(path);

            assertThat(run.terminate()).isZero();
            assertThat(run.errors()).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
            eventually(
                    Duration.ofSeconds(3),
                    () -> assertThat(
                                    count(
                                            "select count(*) from pg_replication_slots where slot_name = 'shown' and not active"))
                            .isEqualTo(1));
        }
    }

    private static void entriesAreShown(String path) throws IOException {
        Ended text = Ended.freshet("get", "product:2", "-c", path);
        assertThat(text.code()).isZero();
        assertThat(text.errors()).isEmpty();
        assertThat(text.output())
                .contains(
                        "key           shown:product:2",
                        "type          string",
                        "value         {\"id\":2,\"name\":\"Big lamp\",\"price\":70}");

        Ended hash = Ended.freshet("get", "--json", "price:2", "-c", path);
        assertThat(hash.code()).isZero();
        JsonNode told = new ObjectMapper().readTree(String.join("", hash.output()));
        assertThat(told.get("type").asText()).isEqualTo("hash");
        assertThat(told.get("value").get("sale").asText()).isEqualTo("false");
        assertThat(told.has("expires_in_ms")).isFalse();
        assertThat(told.get("fence").get("owner").asText()).isEqualTo("public.product/2");
        assertThat(told.get("fence").get("state").asText()).isEqualTo("hash");

        Ended absent = Ended.freshet("get", "product:77", "-c", path);
        assertThat(absent.code()).isEqualTo(FOUND);
        assertThat(absent.output()).contains("type          absent");
    }

    @Test
    void aCacheThatIsNotThereYetIsWaitedFor() throws IOException, InterruptedException {
        try (CacheServer late = Servers.chosen().cache()) {
            late.kill();
            String path = file("late")
                    .withCache("url: \"%s\"".formatted(late.uri()))
                    .in(folder)
                    .toString();
            try (FreshetProcess run = FreshetCommand.freshet("run", "-c", path).start()) {
                String admin = admin(run);
                String where = late.host() + ":" + late.port();
                awaitAway(run, admin, where, "refused");
                late.start();
                awaitReady(admin);
                assertThat(run.awaitLine("the target is back", SOON)).contains("INFO");
                assertThat(run.terminate()).isZero();
            }
        }
    }

    @Test
    void aCacheThatLetsNobodyInIsNotWaitedFor() {
        try (CacheServer locked = Servers.chosen()
                .cache(CacheRelease.VALKEY, CacheMemory.LOST, ServerSettings.DEFAULT.with("requirepass", "right"))) {
            String where = locked.host() + ":" + locked.port();
            refusedAtStart(
                    "url: \"%s\", password: wrong".formatted(locked.uri()),
                    where + " refuses the user or the password, correct cache.user or cache.password: ");
            refusedAtStart("url: \"%s\"".formatted(locked.uri()), where + " asks for a password, set cache.password: ");
            refusedAtStart(
                    "url: \"%s/999\", password: right".formatted(locked.uri()),
                    where + " has no database 999, correct the number in cache.url: ");
        }
    }

    private void refusedAtStart(String cacheSettings, String why) {
        Ended run = Ended.freshet(
                "run", "-c", file("locked").withCache(cacheSettings).in(folder).toString());
        assertThat(run.code()).isEqualTo(FAILED);
        assertThat(run.errors()).singleElement().asString().startsWith("the cache cannot be used: " + why);
    }

    @Test
    void aPasswordThatTheCacheChangesIsToldUntilItIsRight() throws IOException, InterruptedException, SQLException {
        try (CacheServer locked = Servers.chosen()
                .cache(CacheRelease.VALKEY, CacheMemory.LOST, ServerSettings.DEFAULT.with("requirepass", "right"))) {
            String path = file("changed")
                    .withCache("url: \"%s\", password: right".formatted(locked.uri()))
                    .in(folder)
                    .toString();
            String where = locked.host() + ":" + locked.port();
            try (FreshetProcess run = FreshetCommand.freshet("run", "-c", path).start()) {
                String admin = admin(run);
                awaitReady(admin);
                set(locked, "right", "other");
                dropClients(locked, "other");
                database.execute("update product set price = price where id = 1");
                awaitAway(run, admin, where, "cache.password");
                set(locked, "other", "right");
                awaitReady(admin);
                assertThat(run.terminate()).isZero();
            }
        }
    }

    @Test
    void aCacheThatCannotBeAskedIsNotChecked() {
        try (CacheServer gone = Servers.chosen().cache()) {
            gone.kill();
            String path = file("gone")
                    .withCache("url: \"%s\"".formatted(gone.uri()))
                    .in(folder)
                    .toString();
            Ended check = Ended.freshet("check", "--connect", "-c", path);
            assertThat(check.code()).isEqualTo(FAILED);
            assertThat(check.output()).singleElement().asString().startsWith("the cache cannot be used: ");
        }
    }

    @Test
    void someOfWhatIsInAnEntryOfManyIsShown() throws IOException {
        String path = file("shown").in(folder).toString();
        RedisClient client = RedisClient.create(cache.uri().toString());
        try (var connection = client.connect()) {
            IntStream.range(0, 1000).forEach(i -> {
                connection.sync().sadd("many", "member " + i);
                connection.sync().zadd("ranks", i, "member " + i);
            });
            connection.sync().zadd("ranks", Double.POSITIVE_INFINITY, "last");
            connection.sync().zadd("few", 1.5, "a");
            connection.sync().zadd("few", Double.NEGATIVE_INFINITY, "b");
            connection.sync().xadd("news", new XAddArgs().id("1-0"), "value", "{}", "version", "v1");
            connection.sync().xadd("news", new XAddArgs().id("2-0"), "value", "[]");
        } finally {
            client.shutdown();
        }

        JsonNode many = shown(path, "many");
        assertThat(many.get("type").asText()).isEqualTo("set");
        assertThat(many.get("count").asInt()).isEqualTo(1000);
        assertThat(many.get("value"))
                .hasSize(20)
                .allMatch(member -> member.asText().startsWith("member "));
        JsonNode ranks = shown(path, "ranks");
        assertThat(ranks.get("count").asInt()).isEqualTo(1001);
        assertThat(ranks.get("value")).hasSize(20);
        assertThat(ranks.at("/value/member 19").asInt()).isEqualTo(19);
        assertThat(shown(path, "few").get("value")).hasToString("{\"b\":\"-inf\",\"a\":1.5}");
        Ended.freshet("get", "news", "-c", path)
                .answered(
                        DONE,
                        "key           news",
                        "type          stream",
                        "count         2",
                        "value         [{\"id\":\"2-0\",\"fields\":{\"value\":\"[]\"}},"
                                + "{\"id\":\"1-0\",\"fields\":{\"value\":\"{}\",\"version\":\"v1\"}}]");
    }

    private static JsonNode shown(String path, String key) throws IOException {
        return new ObjectMapper()
                .readTree(String.join(
                        "", Ended.freshet("get", "--json", key, "-c", path).output()));
    }

    /** It lives, is not ready, and says why in its log and to whoever asks. */
    private static void awaitAway(FreshetProcess run, String admin, String where, String why) {
        assertThat(run.awaitLine(why, SOON)).contains("WARN", "the target is away", where);
        eventually(SOON, () -> {
            HttpResponse<String> ready = get(admin + "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(new ObjectMapper().readTree(ready.body()).get("target").asText())
                    .startsWith("away: ")
                    .contains(where, why);
        });
        assertThat(run.isAlive()).isTrue();
        assertThat(String.join("\n", run.errors())).doesNotContain("\tat ");
    }

    private static RuleFile file(String slot) {
        return RuleFile.of(database, cache).withSlot(slot);
    }

    /** Where a running Freshet says that it can be asked. */
    private static String admin(FreshetProcess run) {
        String line = run.awaitLine("health and metrics at ", SOON);
        return line.substring(line.indexOf("http://"));
    }

    private static void awaitReady(String admin) {
        eventually(SOON, () -> {
            HttpResponse<String> ready = get(admin + "/health/ready");
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            assertThat(ready.body()).contains("\"source\":\"streaming\"", "\"target\":\"up\"");
        });
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(SOON).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static double metric(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in\n" + metrics));
    }

    private static int count(String query) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static List<String> keys(String pattern) {
        RedisClient client = RedisClient.create(cache.uri().toString());
        try (var connection = client.connect()) {
            return connection.sync().keys(pattern);
        } finally {
            client.shutdown();
        }
    }

    private static void dropClients(CacheServer server, String password) {
        RedisClient client = RedisClient.create("redis://:%s@%s:%d".formatted(password, server.host(), server.port()));
        try (var connection = client.connect()) {
            connection.sync().clientKill(KillArgs.Builder.typeNormal());
        } finally {
            client.shutdown();
        }
    }

    private static void set(CacheServer server, String password, String newPassword) {
        RedisClient client = RedisClient.create("redis://:%s@%s:%d".formatted(password, server.host(), server.port()));
        try (var connection = client.connect()) {
            connection.sync().configSet("requirepass", newPassword);
        } finally {
            client.shutdown();
        }
    }
}
