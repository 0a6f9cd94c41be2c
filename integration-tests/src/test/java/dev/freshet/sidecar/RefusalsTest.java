package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;
import dev.freshet.servers.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

/** What cannot work is refused before anything is done: in one sentence that says where, what and what to do. */
final class RefusalsTest {
    private static final int FAILED = 1;
    private static final int INVALID = 2;
    private static final int FOUND = 3;

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
                "create table article (id bigint primary key, slug varchar(20) not null unique, body text)",
                "create role reader login replication password 'r'",
                "create role writer login password 'w'",
                "create database elsewhere",
                "grant select on product to reader",
                "grant select on product to writer",
                "create publication made_before for table product with (publish_via_partition_root = true)");
    }

    @AfterAll
    static void close() {
        cache.close();
        database.close();
    }

    @AfterEach
    void nothingWasMade() throws SQLException {
        try (Connection connection = database.connect();
                var slots = connection
                        .createStatement()
                        .executeQuery("select slot_name from pg_replication_slots where slot_name like 'freshet%'")) {
            assertThat(slots.next()).isFalse();
        }
    }

    @Test
    void aWrongPassword() {
        bothFail(
                file().as(database, "postgres", "wrong"),
                "%s refused user 'postgres' with this password, and does not say which of the two is wrong: correct source.user or source.password"
                        .formatted(where()));
    }

    @Test
    void anUnknownUser() {
        bothFail(
                file().as(database, "nobody", "secret"),
                "%s refused user 'nobody' with this password, and does not say which of the two is wrong: correct source.user or source.password"
                        .formatted(where()));
    }

    @Test
    void noPasswordWhereOneIsAskedFor() {
        bothFail(
                file().withoutPassword(),
                "%s asks user 'postgres' for a password: set source.password".formatted(where()));
    }

    @Test
    void encryptionThatTheServerDoesNotSpeak() {
        bothFail(
                file().at(
                                database.host(),
                                database.port(),
                                database.database() + "?sslmode=require",
                                database.superuser(),
                                database.password()),
                "%s and source.sslmode do not agree (The server does not support SSL.): correct one of them"
                        .formatted(where()));
    }

    @Test
    void anUnknownDatabase() {
        bothFail(
                file().at(database.host(), database.port(), "nowhere", "postgres", database.password()),
                "%s has no database 'nowhere': correct source.url or source.database".formatted(where()));
    }

    @Test
    void aClosedPort() {
        int closed = FreePort.find();
        bothFail(
                file().at("127.0.0.1", closed, "postgres", "postgres", database.password()),
                "PostgreSQL at 127.0.0.1:%d cannot be reached: is it running, is the port right, does a firewall stand between? (Connection refused)"
                        .formatted(closed));
    }

    @Test
    void aHostThatNobodyKnows() {
        bothFail(
                file().at("nowhere.invalid", 5432, "postgres", "postgres", database.password()),
                "PostgreSQL at nowhere.invalid:5432 cannot be reached: nobody knows a host of that name; correct source.url or source.host");
    }

    @Test
    void aRoleThatMayNotReplicate() {
        bothFind(
                file().as(database, "writer", "w").withSlot("made_before"),
                "user 'writer' has no right to replicate: run alter role \"writer\" replication;");
    }

    @Test
    void aRoleThatMayNotMakeThePublication() {
        bothFind(
                file().as(database, "reader", "r"),
                "publication 'freshet' must be made or changed, and user 'reader' may not: let the tables' owner run"
                        + " create publication \"freshet\" for table \"public\".\"product\" with (publish_via_partition_root = true);");
    }

    @Test
    void aServerThatKeepsNoRowChanges() throws SQLException {
        try (DatabaseServer mute =
                Servers.chosen().postgres(PostgresRelease.V18, ServerSettings.DEFAULT.with("wal_level", "replica"))) {
            mute.execute(
                    "create table product (id bigint primary key, name text, price int)",
                    "alter table product replica identity full");
            bothFind(
                    RuleFile.of(mute, cache),
                    "wal_level is 'replica', which keeps no row changes: run alter system set wal_level = 'logical'; and restart PostgreSQL");
        }
    }

    @Test
    void aSlotThatSomebodyHolds() throws SQLException {
        database.execute("select pg_create_logical_replication_slot('held', 'pgoutput')");
        try (Connection replication = replication();
                PGReplicationStream held = stream(replication, "held")) {
            int pid = replication.unwrap(PGConnection.class).getBackendPID();
            Both both = both(file().withSlot("held"));
            var message =
                    "replication slot 'held' is in use by process %d ('somebody' from %s): stop that one, or give this one a slot of its own with source.slot"
                            .formatted(pid, addressOf(pid));
            both.check.answered(FOUND, message);
            assertThat(both.run)
                    .isEqualTo(new Ended(
                            FAILED,
                            List.of("waiting for the replication slot 'held', which somebody holds"),
                            List.of(message)));
            assertThat(held.isClosed()).isFalse();
        } finally {
            database.execute("select pg_drop_replication_slot('held')");
        }
    }

    @Test
    void aSlotThatIsPhysical() throws SQLException {
        database.execute("select pg_create_physical_replication_slot('standby')");
        try {
            bothFind(
                    file().withSlot("standby"),
                    "replication slot 'standby' is a physical one, as standby servers use: choose another name with source.slot");
        } finally {
            database.execute("select pg_drop_replication_slot('standby')");
        }
    }

    @Test
    void aSlotOfAnotherDatabase() throws SQLException {
        var url = "jdbc:postgresql://%s:%d/elsewhere".formatted(database.host(), database.port());
        try (Connection elsewhere = DriverManager.getConnection(url, database.superuser(), database.password())) {
            elsewhere.createStatement().execute("select pg_create_logical_replication_slot('theirs', 'pgoutput')");
        }
        try {
            bothFind(
                    file().withSlot("theirs"),
                    "replication slot 'theirs' belongs to something else (plugin 'pgoutput', database 'elsewhere'): choose another name with source.slot");
        } finally {
            database.execute("select pg_drop_replication_slot('theirs')");
        }
    }

    @Test
    void oldKeysAndLongValuesThatTheDatabaseDoesNotSend() {
        bothFind(
                file().withRules("""
                          article:
                            table: public.article
                            put:
                              - {key: "article:{slug}", as: string, value: "{body}", ttl: none}
                        """),
                "rule article must know the old slug of public.article to find the entry to remove, and the database does not send it: run alter table \"public\".\"article\" replica identity full;",
                "rule article reads slug, body of public.article, and the database leaves long values out of updates that do not change them: run alter table \"public\".\"article\" replica identity full;");
    }

    @Test
    void tablesAndColumnsThatTheDatabaseDoesNotHave() {
        Path written = file().withRules("""
                  product:
                    table: public.produkt
                    put:
                      - {key: "product:{id}", as: json, value: [id], ttl: none}
                  name:
                    table: public.product
                    where: prize > 3
                    put:
                      - {key: "name:{id}", as: json, value: [id, nmae], ttl: none}
                """).in(folder);
        Both both = both(written);
        assertThat(both.run.code()).isEqualTo(INVALID);
        assertThat(both.run.output()).isEmpty();
        assertThat(both.check).isEqualTo(new Ended(INVALID, both.run.errors(), List.of()));
        assertThat(both.run.errors()).hasSize(3);
        assertThat(both.run.errors().get(0))
                .startsWith(written + ":6:")
                .contains("public.produkt")
                .contains("did you mean 'public.product'?");
        assertThat(both.run.errors().get(1)).startsWith(written + ":11:").contains("did you mean 'price'?");
        assertThat(both.run.errors().get(2)).startsWith(written + ":13:").contains("did you mean 'name'?");
    }

    @Test
    void yamlThatIsNone() throws IOException {
        Path written = Files.writeString(folder.resolve("freshet.yaml"), "source: {type: postgresql\nrules:\n");
        Both both = both(written);
        assertThat(both.run.code()).isEqualTo(INVALID);
        assertThat(both.run.output()).isEmpty();
        assertThat(both.run.errors()).singleElement().asString().startsWith(written + ":2:");
        assertThat(both.check).isEqualTo(new Ended(INVALID, both.run.errors(), List.of()));
    }

    @Test
    void aFileThatIsNotThere() {
        Path missing = folder.resolve("missing.yaml");
        Both both = both(missing);
        assertThat(both.run.code()).isEqualTo(INVALID);
        assertThat(both.run.errors())
                .singleElement()
                .asString()
                .startsWith(missing + ":")
                .contains("no such file");
        assertThat(both.check).isEqualTo(new Ended(INVALID, both.run.errors(), List.of()));
    }

    @Test
    void anAdminPortThatIsInUse() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path written =
                    file().withListen("127.0.0.1:" + taken.getLocalPort()).in(folder);
            Ended run = Ended.freshet("run", "-c", written.toString());
            assertThat(run.code()).isEqualTo(FAILED);
            assertThat(run.errors())
                    .containsExactly(
                            "admin.listen: 127.0.0.1:%d cannot be used (Address already in use): choose another port, or 0 for a free one"
                                    .formatted(taken.getLocalPort()));
        }
    }

    private record Both(Ended run, Ended check) {}

    private Both both(RuleFile file) {
        return both(file.in(folder));
    }

    private static Both both(Path file) {
        try (var run = FreshetCommand.freshet("run", "-c", file.toString()).start();
                var check = FreshetCommand.freshet("check", "--connect", "-c", file.toString())
                        .start()) {
            return new Both(Ended.of(run), Ended.of(check));
        }
    }

    /** Neither can ask the database. */
    private void bothFail(RuleFile file, String message) {
        Both both = both(file);
        both.run.refused(FAILED, message);
        both.check.refused(FAILED, message);
    }

    /** The one refuses to run on what the other finds. */
    private void bothFind(RuleFile file, String... messages) {
        Both both = both(file);
        both.run.refused(FAILED, messages);
        both.check.answered(FOUND, messages);
    }

    private static RuleFile file() {
        return RuleFile.of(database, cache);
    }

    private static String where() {
        return "PostgreSQL at %s:%d".formatted(database.host(), database.port());
    }

    /** From where the server sees a client of its. */
    private static String addressOf(int pid) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select host(client_addr) from pg_stat_activity where pid = " + pid)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection replication() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", database.superuser());
        properties.setProperty("password", database.password());
        properties.setProperty("replication", "database");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "15");
        properties.setProperty("ApplicationName", "somebody");
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }

    private static PGReplicationStream stream(Connection replication, String slot) throws SQLException {
        return replication
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", "made_before")
                .start();
    }
}
