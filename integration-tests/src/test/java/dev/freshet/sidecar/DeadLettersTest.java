package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was set aside is shown, and replayed by reading the rows as they are then. */
class DeadLettersTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String RULES = """
              net:
                table: public.item
                put:
                  - {key: "net:{id}:{shop}", as: string, query: "select net(price) from item where shop = {shop} and id = {id}", ttl: none}
            """;

    @TempDir
    private Path folder;

    @Test
    void aLetterWhoseCauseWasMendedIsReplayedWithTheRowAsItIsNow() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache()) {
            database.execute(
                    "create table item (shop text, id int, price int, primary key (shop, id))",
                    "create function net(price int) returns int stable language sql as 'select 100 / price'",
                    "insert into item values ('it''s, so', 1, 4), ('b', 2, 0)");
            String path =
                    RuleFile.of(database, cache).withRules(RULES).in(folder).toString();
            RedisClient client = RedisClient.create(cache.uri().toString());
            try (FreshetProcess run = FreshetCommand.freshet("run", "-c", path).start();
                    var connection = client.connect()) {
                RedisCommands<String, String> entries = connection.sync();
                eventually(SOON, () -> assertThat(entries.get("net:1:it's, so")).isEqualTo("25"));
                database.execute("update item set price = 0 where id = 1");
                eventually(
                        SOON,
                        () -> assertThat(Ended.freshet("deadletter", "list", "-c", path)
                                        .output())
                                .hasSize(2)
                                .anyMatch(line -> line.contains("net  public.item/it's\\, so,1  ")));
                assertThat(entries.get("net:1:it's, so")).isNull();

                database.execute(
                        "create or replace function net(price int) returns int stable language sql as 'select price + 1'");
                Ended replayed = Ended.freshet("deadletter", "replay", "-c", path);
                assertThat(replayed.code()).as(replayed.errors().toString()).isZero();
                assertThat(replayed.output()).last().isEqualTo("2 replayed");

                assertThat(entries.get("net:1:it's, so")).isEqualTo("1");
                assertThat(entries.get("net:2:b")).isEqualTo("1");
                assertThat(Ended.freshet("deadletter", "list", "-c", path).code())
                        .isZero();
                assertThat(run.terminate()).isZero();
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            }
        }
    }

    @Test
    void lettersThatAReadingDoesNotMakeGoodStay() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache()) {
            database.execute(
                    "create table item (shop text, id int, price int, primary key (shop, id))",
                    "alter table item replica identity full",
                    "create function net(price int) returns int stable language sql as 'select 100 / price'",
                    "insert into item values ('a', 1, 0), ('a', 2, 0)");
            String path = RuleFile.of(database, cache)
                    .withRules(RULES + "    invalidate: [{key: \"list:{shop}\"}]\n")
                    .in(folder)
                    .toString();
            try (FreshetProcess run = FreshetCommand.freshet("run", "-c", path).start()) {
                eventually(
                        SOON,
                        () -> assertThat(Ended.freshet("deadletter", "list", "-c", path)
                                        .output())
                                .hasSize(2));
                database.execute(
                        "create or replace function net(price int) returns int stable language sql as 'select price + 1'",
                        "delete from item where id = 2");

                assertThat(Ended.freshet("deadletter", "replay", "-c", path).output())
                        .anyMatch(line -> line.contains("a,1") && line.endsWith("publishes is not)"))
                        .anyMatch(line -> line.contains("a,2") && line.endsWith("(its row is gone)"))
                        .last()
                        .isEqualTo("0 replayed");
                assertThat(Ended.freshet("deadletter", "list", "-c", path).output())
                        .hasSizeGreaterThanOrEqualTo(2);
                assertThat(run.terminate()).isZero();
            }
        }
    }

    @Test
    void whereNobodyFollowsTheSlotNothingIsReplayedAndNothingForgotten() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache()) {
            database.execute("create table item (shop text, id int, price int, primary key (shop, id))");
            database.execute("create function net(price int) returns int stable language sql as 'select 100 / price'");
            String path =
                    RuleFile.of(database, cache).withRules(RULES).in(folder).toString();

            Ended replay = Ended.freshet("deadletter", "replay", "-c", path);

            assertThat(replay.code()).isEqualTo(1);
            assertThat(replay.errors()).last().asString().contains("nobody would read the rows: start freshet run");
        }
    }
}
