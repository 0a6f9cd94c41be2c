package dev.freshet.connector.debezium;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Opens plain connections to one database and says in plain words why one could not be had. */
final class PostgresConnections {
    private final PostgresAddress address;
    private final Properties properties;

    PostgresConnections(PostgresAddress address) {
        this(address, address.jdbcProperties());
    }

    private PostgresConnections(PostgresAddress address, Properties properties) {
        this.address = address;
        this.properties = properties;
    }

    /** Of which nobody waits longer for an answer, in whole seconds. */
    PostgresConnections answeringWithin(Duration patience) {
        Properties impatient = address.jdbcProperties();
        impatient.setProperty("socketTimeout", Long.toString(Math.max(1, patience.toSeconds())));
        return new PostgresConnections(address, impatient);
    }

    /**
     * A new connection, the caller's to close.
     *
     * @throws DatabaseUnreachableException with the reason and what to do
     */
    Connection open() throws DatabaseUnreachableException {
        try {
            return DriverManager.getConnection(address.jdbcUrl(), properties);
        } catch (SQLException e) {
            throw new DatabaseUnreachableException(explain(e), e);
        }
    }

    /** The same for whoever knows SQL's exceptions alone. */
    Connection openForJdbc() throws SQLException {
        try {
            return open();
        } catch (DatabaseUnreachableException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    private String explain(SQLException e) {
        String where = "PostgreSQL at " + address.host() + ":" + address.port();
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "28P01" ->
                where + " refused user '" + address.user()
                        + "' with this password, and does not say which of the two is wrong: correct source.user or"
                        + " source.password";
            case "28000" ->
                where + " does not let user '" + address.user() + "' in (" + e.getMessage()
                        + "): create the role, or add a line for it to pg_hba.conf";
            case "3D000" ->
                where + " has no database '" + address.database() + "': correct source.url or source.database";
            case "53300" -> where + " has no connection left: raise max_connections or free some";
            case "57P03" -> where + " is starting up or shutting down";
            case "08004" -> disagreement(where, e);
            case "08001", "08006" ->
                root(e) instanceof UnknownHostException
                        ? where
                                + " cannot be reached: nobody knows a host of that name; correct source.url or source.host"
                        : where
                                + " cannot be reached: is it running, is the port right, does a firewall stand between? ("
                                + root(e).getMessage() + ")";
            default -> where + " refused a connection: " + e.getMessage() + " (SQLSTATE " + state + ")";
        };
    }

    /** The server was reached, and it or the driver broke off: over the password, or over encryption. */
    private String disagreement(String where, SQLException e) {
        return address.password().isEmpty()
                ? where + " asks user '" + address.user() + "' for a password: set source.password"
                : where + " and source.sslmode do not agree (" + e.getMessage() + "): correct one of them";
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
