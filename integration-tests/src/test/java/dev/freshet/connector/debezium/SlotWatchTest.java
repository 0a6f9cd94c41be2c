package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A slot is dropped under its lock alone, and only where it is Freshet's. */
class SlotWatchTest {
    private static final long A_BYTE = 1;

    private static DatabaseServer server;

    @BeforeAll
    static void start() throws SQLException {
        server = Servers.chosen().postgres();
        LogWorkload.createTables(server);
        server.execute("insert into a select g, g from generate_series(1, 1000) g");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static PostgresDatabase database() {
        return new PostgresDatabase(Sources.address(server));
    }

    private static PostgresSourceOpener opener(String slot) {
        return new PostgresSourceOpener(
                database(), Sources.settings(server, slot, Sources.TABLES, 64), Clock.systemUTC());
    }

    private static SlotWatch watch(PostgresSourceOpener opener, String slot) {
        return new SlotWatch(
                Sources.settings(server, slot, Sources.TABLES, 64),
                opener,
                new SlotLimit(OptionalLong.of(A_BYTE), SlotLimit.Above.DROP_SLOT));
    }

    private static void make(String slot, String kind) throws SQLException {
        server.execute("select pg_create_" + kind, "insert into b values (-1, -1)", "delete from b");
        assertThat(isThere(slot)).isTrue();
    }

    private static boolean isThere(String slot) throws SQLException {
        return isTrue("exists (select from pg_replication_slots where slot_name = '" + slot + "')");
    }

    private static boolean isTrue(String condition) throws SQLException {
        try (Connection connection = server.connect();
                ResultSet row = connection.createStatement().executeQuery("select " + condition)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static List<SlotEvent> dropped(SlotWatch.Look look) {
        return look.events().stream()
                .filter(SlotEvent.SlotDropped.class::isInstance)
                .toList();
    }

    @Test
    void nothingIsDroppedUnderAnotherProcess() throws Exception {
        try (SlotWatch watch = watch(opener("led"), "led");
                ChangeSource source = opener("led").open(Optional::empty)) {
            Sources.take(source);
            server.execute("insert into b values (1, 1)");

            SlotWatch.Look look = watch.look();

            assertThat(look.isAboveLimit()).isTrue();
            assertThat(dropped(look)).isEmpty();
            assertThat(isThere("led")).isTrue();
            Sources.take(source);
        }
    }

    @Test
    void anOwnSlotIsDroppedAndNothingMoreComesFromItsSource() throws Exception {
        PostgresSourceOpener opener = opener("own");
        try (SlotWatch watch = watch(opener, "own");
                ChangeSource source = opener.open(Optional::empty)) {
            Sources.take(source);

            assertThat(dropped(watch.look())).hasSize(1);

            assertThatExceptionOfType(GapException.class)
                    .isThrownBy(() -> {
                        for (int i = 0; i < 3; i++) {
                            Sources.take(source);
                        }
                    })
                    .withMessageContaining("before the tables were read");
        }
        assertThat(isThere("own")).isFalse();
    }

    @Test
    void whoLostTheLockDropsNothingUnderWhoHasItNow() throws Exception {
        make("lost", "logical_replication_slot('lost', 'pgoutput')");
        SlotHold lost = database().hold("lost");
        server.execute("select pg_terminate_backend(pid, 10000) from pg_locks where locktype = 'advisory'"
                + " and objid::bigint = (hashtext('lost')::bigint & 4294967295)");
        SlotHold next = database().hold("lost");
        try {
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> lost.dropAbove(A_BYTE));
            assertThat(isThere("lost")).isTrue();
            assertThat(next.dropAbove(A_BYTE)).isTrue();
            assertThat(isThere("lost")).isFalse();
        } finally {
            lost.close();
            next.close();
        }
    }

    @Test
    void aSlotThatNobodyHasIsDroppedToo() throws Exception {
        make("nobodys", "logical_replication_slot('nobodys', 'pgoutput')");
        try (SlotWatch watch = watch(opener("nobodys"), "nobodys")) {
            assertThat(dropped(watch.look())).hasSize(1);
        }
        assertThat(isThere("nobodys")).isFalse();
        database().hold("nobodys").close();
    }

    @Test
    void aSlotOfAnotherKindStays() throws Exception {
        make("standby", "physical_replication_slot('standby', true)");
        try (SlotWatch watch = watch(opener("standby"), "standby")) {
            SlotWatch.Look look = watch.look();

            assertThat(look.isAboveLimit()).isTrue();
            assertThat(dropped(look)).isEmpty();
        }
        assertThat(isThere("standby")).isTrue();
    }

    @Test
    void whatUninstallFoundIsKeptFromEveryFreshetUntilItEnded() throws Exception {
        make("going", "logical_replication_slot('going', 'pgoutput')");
        try (PostgresRemnants remnants = new PostgresRemnants(database())) {
            Remnant.Slot found = (Remnant.Slot) remnants.slots(List.of("going")).getFirst();
            assertThatExceptionOfType(SourceLostException.class)
                    .isThrownBy(() -> database().hold("going"));
            remnants.drop(found);
            assertThatExceptionOfType(SourceLostException.class)
                    .isThrownBy(() -> database().hold("going"));
        }
        database().hold("going").close();
        assertThat(isThere("going")).isFalse();
    }
}
