package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the role may do: making the publication needs the database's CREATE right and to own its tables. */
final class Rights {
    private static final String DATABASE = """
            select (select rolsuper from pg_roles where rolname = current_user) as super,
                   has_database_privilege(current_database(), 'create') as may_create,
                   coalesce((select pg_has_role(pubowner, 'usage') from pg_publication where pubname = ?), true) as owns
            """;

    private static final String TABLE = """
            select pg_has_role(c.relowner, 'usage')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ? and c.relname = ?
            """;

    private Rights() {}

    static boolean sufficeForPublication(Connection connection, PostgresSettings settings) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(DATABASE)) {
            query.setString(1, settings.publication());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (row.getBoolean("super")) {
                    return true;
                }
                if (!row.getBoolean("may_create") || !row.getBoolean("owns")) {
                    return false;
                }
            }
        }
        try (PreparedStatement query = connection.prepareStatement(TABLE)) {
            for (TableId table : settings.tables()) {
                query.setString(1, table.schema());
                query.setString(2, table.name());
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next() || !row.getBoolean(1)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** The tables of the snapshot that the role may not read, in order. */
    static List<TableId> unreadable(Connection connection, PostgresSettings settings) throws SQLException {
        List<TableId> unreadable = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')"
                        + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = ? and c.relname = ?")) {
            for (TableId table : settings.snapshotTables().stream().sorted().toList()) {
                query.setString(1, table.schema());
                query.setString(2, table.name());
                try (ResultSet row = query.executeQuery()) {
                    if (row.next() && !row.getBoolean(1)) {
                        unreadable.add(table);
                    }
                }
            }
        }
        return unreadable;
    }
}
