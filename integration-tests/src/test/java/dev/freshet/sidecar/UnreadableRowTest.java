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

/** One row that cannot be read is one dead letter, and everything else goes on. */
final class UnreadableRowTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String RULES = """
              note:
                table: public.document
                put: [{key: "note:{id}", as: string, value: "{note}", ttl: none}]
              document:
                table: public.document
                put: [{key: "document:{id}", as: json, value: [id, content], ttl: none}]
            """;

    @TempDir
    private Path folder;

    @Test
    void theEntryGoesTheOtherRulesStayAndTheNextChangeIsApplied() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache()) {
            database.execute(
                    "create table document (id int primary key, note text, content jsonb)",
                    "alter table document replica identity full",
                    "insert into document values (1, 'first', '{\"x\": 1}')");
            String path =
                    RuleFile.of(database, cache).withRules(RULES).in(folder).toString();
            RedisClient client = RedisClient.create(cache.uri().toString());
            try (FreshetProcess run = FreshetCommand.freshet("run", "-c", path).start();
                    var connection = client.connect()) {
                RedisCommands<String, String> entries = connection.sync();
                eventually(
                        SOON,
                        () -> assertThat(entries.get("document:1")).isEqualTo("{\"id\":1,\"content\":{\"x\":1}}"));

                database.execute(
                        "update document set note = 'deep', content = (repeat('[', 3000) || repeat(']', 3000))::jsonb",
                        "insert into document values (2, 'second', '[2]')");
                eventually(SOON, () -> assertThat(entries.get("document:2")).isEqualTo("{\"id\":2,\"content\":[2]}"));
                assertThat(entries.get("document:1")).isNull();
                assertThat(entries.get("note:1")).isEqualTo("deep");
                assertThat(entries.get("note:2")).isEqualTo("second");
                eventually(
                        SOON,
                        () -> assertThat(letters(entries))
                                .contains(
                                        "put[0].value: column 'content' cannot be read: it is JSON that nests deeper than"));

                Ended.freshet("explain", "-c", path, "--row", "public.document/1")
                        .answered(
                                1,
                                "insert of public.document/1",
                                "rule note",
                                "  put        note:1  deep  no ttl  (note, owner public.document/1)",
                                "rule document",
                                "  remove     document:1  (document, owner public.document/1)",
                                "  fails at put[0].value: column 'content' cannot be read: it is JSON that nests deeper"
                                        + " than 1500 levels or has a number of more than 150000 digits");

                database.execute("update document set content = '{}' where id = 1");
                eventually(SOON, () -> assertThat(entries.get("document:1")).isEqualTo("{\"id\":1,\"content\":{}}"));
                assertThat(run.terminate()).isZero();
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            }
        }
    }

    private static String letters(RedisCommands<String, String> entries) {
        StringBuilder all = new StringBuilder();
        for (String key : entries.keys("*deadletters*")) {
            all.append(entries.hvals(key));
        }
        return all.toString();
    }
}
