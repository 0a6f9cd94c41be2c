package dev.freshet.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A PostgreSQL server that is ready for logical replication and refuses a wrong password. */
public interface DatabaseServer extends Server {
    PostgresRelease release();

    /** The database that {@link #connect()} opens; empty at first. */
    default String database() {
        return "postgres";
    }

    default String superuser() {
        return "postgres";
    }

    default String password() {
        return "loopback only";
    }

    default String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host(), port(), database());
    }

    default Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), superuser(), password());
    }

    /** Runs each statement as the superuser, in a transaction of its own, on one connection. */
    default void execute(String... statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
