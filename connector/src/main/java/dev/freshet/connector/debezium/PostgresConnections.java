package dev.freshet.connector.debezium;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Opens plain connections to one database and says in plain words why one could not be had. */
final class PostgresConnections {
    private final PostgresAddress address;

    PostgresConnections(PostgresAddress address) {
        this.address = address;
    }

    /**
     * A new connection, the caller's to close.
     *
     * @throws DatabaseUnreachableException with the reason and what to do
     */
    Connection open() throws DatabaseUnreachableException {
        try {
            return DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties());
        } catch (SQLException e) {
            throw new DatabaseUnreachableException(explain(e), isMistake(e), e);
        }
    }

    private String explain(SQLException e) {
        String where = "PostgreSQL at " + address.host() + ":" + address.port();
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "28P01" ->
                where + " refused the password of user '" + address.user()
                        + "': set source.password to that role's password";
            case "28000" ->
                where + " does not let user '" + address.user() + "' in (" + e.getMessage()
                        + "): create the role, or add a line for it to pg_hba.conf";
            case "3D000" -> where + " has no database '" + address.database() + "': correct source.url";
            case "53300" -> where + " has no connection left: raise max_connections or free some";
            case "57P03" -> where + " is starting up or shutting down";
            case "08001", "08004", "08006" ->
                where
                        + " cannot be reached: is it running, is the port right, does a firewall stand between? ("
                        + e.getMessage() + ")";
            default -> where + " refused a connection: " + e.getMessage() + " (SQLSTATE " + state + ")";
        };
    }

    /** Whether waiting will not help. */
    private static boolean isMistake(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("28") || state.equals("3D000");
    }
}
