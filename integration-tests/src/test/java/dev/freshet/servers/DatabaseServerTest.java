package dev.freshet.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("everyRelease")
record DatabaseServerTest(DatabaseServer database) {
    /** Each is started when its turn has come, and closed by the test runner after it. */
    static Stream<DatabaseServer> everyRelease() {
        var settings = ServerSettings.DEFAULT.with("max_connections", "42");
        return Arrays.stream(PostgresRelease.values())
                .map(release -> Servers.chosen().postgres(release, settings));
    }

    @Test
    void isTheReleaseThatWasAskedFor() throws SQLException {
        assertThat(ask("show server_version")).startsWith(database.release().major() + ".");
    }

    @Test
    void isReadyForLogicalReplication() throws SQLException {
        database.execute(
                "select pg_create_logical_replication_slot('ready', 'pgoutput')",
                "select pg_drop_replication_slot('ready')");
    }

    @Test
    void takesSettings() throws SQLException {
        assertThat(ask("show max_connections")).isEqualTo("42");
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.superuser(), "guess"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void keepsItsPortAndDataThroughARestart() throws SQLException {
        int port = database.port();
        database.execute("create table kept_by_restart as select 1 as id");
        database.restart();
        assertThat(ask("select id from kept_by_restart")).isEqualTo("1");
        assertThat(database.port()).isEqualTo(port);
    }

    @Test
    void keepsCommittedDataWhenItIsKilled() throws SQLException {
        database.execute("create table kept_by_log as select 2 as id");
        database.kill();
        assertThat(database.isRunning()).isFalse();
        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
        database.start();
        assertThat(ask("select id from kept_by_log")).isEqualTo("2");
    }

    @Test
    void answersNobodyWhileItIsPaused() throws SQLException {
        database.pause();
        try {
            assertThatThrownBy(() -> PostgresProbe.query(database)).isInstanceOf(SQLException.class);
        } finally {
            database.resume();
        }
        PostgresProbe.query(database);
    }

    private String ask(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
