package dev.freshet.servers;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Asks a PostgreSQL server whether it serves. */
public final class PostgresProbe {
    private static final String SECONDS_TO_ANSWER = "2";

    private PostgresProbe() {}

    /** Returns when the superuser can log in with the password and run a statement. */
    public static void query(DatabaseServer server) throws SQLException {
        var login = new Properties();
        login.setProperty("user", server.superuser());
        login.setProperty("password", server.password());
        login.setProperty("loginTimeout", SECONDS_TO_ANSWER);
        login.setProperty("socketTimeout", SECONDS_TO_ANSWER);
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), login);
                var statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }
}
