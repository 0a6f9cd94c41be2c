package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Whether the role may make or change the publication: it needs the database's CREATE right and to own the tables. */
final class PublicationRights {
    private static final String DATABASE = """
            select (select rolsuper from pg_roles where rolname = current_user) as super,
                   has_database_privilege(current_database(), 'create') as may_create,
                   coalesce((select pg_has_role(pubowner, 'usage') from pg_publication where pubname = ?), true) as owns
            """;

    private static final String TABLE = """
            select pg_has_role(c.relowner, 'usage')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ? and c.relname = ?
            """;

    private PublicationRights() {}

    static boolean suffice(Connection connection, PostgresSettings settings) throws SQLException {
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
}
