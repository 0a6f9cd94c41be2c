package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the process runs and what language it speaks changes nothing of what it reads. */
final class PlaceTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String RULES = """
              moment:
                table: public.moment
                put: [{key: "moment:{id}", as: json, value: {all: "[l, z, d, r]"}, ttl: none}]
            """;

    /** An hour that summer time leaves out in Berlin, and a year that German names otherwise. */
    private static final String MOMENT = "'2026-03-29 02:30', '0044-03-15 12:00+00 BC', '0044-03-15 BC',"
            + " '[\"2026-03-29 00:30+00\",\"2026-03-29 01:30+00\")'";

    private static final String READ = "{\"all\":[\"2026-03-29T02:30:00\",\"-0043-03-15T12:00:00Z\",\"-0043-03-15\","
            + "\"[\\\"2026-03-29 00:30:00+00\\\",\\\"2026-03-29 01:30:00+00\\\")\"]}";

    @TempDir
    private Path folder;

    @Test
    void berlinReadsWhatGreenwichReads() throws Exception {
        try (DatabaseServer database = Servers.chosen().postgres();
                CacheServer cache = Servers.chosen().cache()) {
            database.execute(
                    "create table moment (id int primary key, l timestamp, z timestamptz, d date, r tstzrange)",
                    "alter table moment replica identity full",
                    "insert into moment values (1, " + MOMENT + ")");
            String path =
                    RuleFile.of(database, cache).withRules(RULES).in(folder).toString();
            RedisClient client = RedisClient.create(cache.uri().toString());
            try (FreshetProcess run = FreshetCommand.freshet("run", "-c", path)
                            .withEnvironment(
                                    "JAVA_TOOL_OPTIONS",
                                    "-Duser.timezone=Europe/Berlin -Duser.language=de -Duser.country=DE")
                            .start();
                    var connection = client.connect()) {
                for (int id : List.of(1, 2)) {
                    eventually(
                            SOON,
                            () -> assertThat(connection.sync().get("moment:" + id))
                                    .isEqualTo(READ));
                    database.execute("insert into moment values (" + (id + 1) + ", " + MOMENT + ")");
                }
                assertThat(run.terminate()).isZero();
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            }
        }
    }
}
