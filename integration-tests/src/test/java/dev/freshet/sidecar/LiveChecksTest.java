package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheMemory;
import dev.freshet.servers.CacheRelease;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is right in the file, and not beside this database and this cache. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class LiveChecksTest {
    private static final int FOUND = 3;

    private static final String RULES = """
              reading:
                table: public.reading
                put: [{key: "reading:{id}:{day}", as: json, value: [id, day], ttl: none}]
              latest:
                table: public.product
                put: [{key: "products:{name}", as: set, member: "{id}", ttl: none}]
            """;

    @TempDir
    private static Path folder;

    private DatabaseServer database;
    private CacheServer cache;

    @BeforeAll
    void start() throws SQLException {
        database = Servers.chosen().postgres();
        cache = Servers.chosen()
                .cache(
                        CacheRelease.VALKEY,
                        CacheMemory.LOST,
                        ServerSettings.DEFAULT.with("maxmemory", "100mb").with("maxmemory-policy", "allkeys-random"));
        database.execute(
                "create table product (id int primary key, name text)",
                "alter table product replica identity full",
                "create table reading (id int, day int, primary key (id, day)) partition by range (day)",
                "create table reading_1 partition of reading for values from (1) to (2) partition by list (id)",
                "create table reading_1_1 partition of reading_1 for values in (1)",
                "create publication freshet for table product, reading with (publish_via_partition_root = true)");
    }

    @AfterAll
    void stop() {
        cache.close();
        database.close();
    }

    @Test
    void partitionsAndEvictionAreWarningsThatRulesMayAccept() {
        check(RULES)
                .answered(
                        FOUND,
                        "rules.reading: rows of public.reading that go with a dropped or detached partition send no change:"
                                + " the table is read again and swept, which takes a while; delete the rows first to spare it"
                                + " (partition-drop)",
                        "cache: with maxmemory-policy allkeys-random the fences that keep older values out may go before the"
                                + " entries; set noeviction (evicting-cache)",
                        "rules.latest.put[0]: with maxmemory-policy allkeys-random an entry that rows share may go, and come back"
                                + " incomplete; set noeviction (evicting-cache)");
        Ended accepted = check(RULES.replace("    put:", "    allow: [partition-drop, evicting-cache]\n    put:"));
        assertThat(accepted.code()).as("%s", accepted).isZero();
    }

    private Ended check(String rules) {
        Path file = RuleFile.of(database, cache).withRules(rules).in(folder);
        return Ended.freshet("check", "--connect", "-c", file.toString());
    }
}
