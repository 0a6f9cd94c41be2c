package dev.freshet.connector.debezium;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Looks at a replication slot again and again over one connection of its own. Used by one thread. */
public final class SlotWatch implements AutoCloseable {
    private static final String LOOK = """
            select active_pid is not null as active, pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint
            from pg_replication_slots where slot_name = ?
            """;

    private final PostgresConnections connections;
    private final String slot;
    private @Nullable Connection connection;

    public SlotWatch(PostgresDatabase database, String slot) {
        this.connections = new PostgresConnections(database.address());
        this.slot = slot;
    }

    /**
     * The slot at one moment.
     *
     * @param streaming whether a process receives from it
     * @param lagBytes how much log the database keeps for it; empty where nobody could tell
     */
    public record Look(boolean streaming, OptionalLong lagBytes) {
        /** No slot, or no database to ask. */
        public static final Look NOTHING = new Look(false, OptionalLong.empty());
    }

    /** {@link Look#NOTHING} where the database does not answer; the next look tries again. */
    public Look look() {
        try {
            Connection current = connection;
            if (current == null) {
                current = connections.open();
                connection = current;
            }
            try (PreparedStatement statement = current.prepareStatement(LOOK)) {
                statement.setString(1, slot);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? new Look(row.getBoolean(1), OptionalLong.of(row.getLong(2))) : Look.NOTHING;
                }
            }
        } catch (SQLException | DatabaseUnreachableException e) {
            close();
            return Look.NOTHING;
        }
    }

    @Override
    public void close() {
        Connection last = connection;
        connection = null;
        if (last != null) {
            try {
                last.close();
            } catch (SQLException e) {
                System.getLogger(SlotWatch.class.getName()).log(System.Logger.Level.DEBUG, "a dead connection", e);
            }
        }
    }
}
