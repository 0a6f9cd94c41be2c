package dev.freshet.connector.debezium;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What the server says of itself and of the slot, at one moment.
 *
 * @param version as {@code server_version_num}
 * @param identity system identifier and timeline: LSNs of another one mean nothing here
 * @param walLevel must be {@code logical}
 * @param mayReplicate whether the role has the right
 * @param flushed how far the log is written, as an unsigned LSN
 * @param slot the slot; empty where there is none
 */
record ServerState(
        int version, String identity, String walLevel, boolean mayReplicate, long flushed, Optional<Slot> slot) {
    /**
     * A replication slot.
     *
     * @param plugin its output plugin; empty for a physical one
     * @param database whose it is
     * @param activePid who holds it, 0 for nobody
     * @param holder who that is, in the server's words
     * @param lost whether the server has removed log that it needs
     * @param confirmed up to where the log may be forgotten, as an unsigned LSN
     * @param retained how many bytes of log the server keeps for it
     */
    record Slot(
            String plugin,
            String database,
            int activePid,
            String holder,
            boolean lost,
            long confirmed,
            long retained) {}

    private static final String SERVER = """
            select current_setting('server_version_num')::int as version,
                   (select system_identifier from pg_control_system())::text || '/' ||
                   case when pg_is_in_recovery() then (select timeline_id from pg_control_checkpoint())
                        -- what the control file says lags behind a promotion; the log's files do not
                        else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
                   end::text as identity,
                   current_setting('wal_level') as wal_level,
                   (select rolreplication or rolsuper from pg_roles where rolname = current_user) as replicates,
                   case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_flush_lsn() end::text
                       as flushed
            """;

    private static final String SLOT = """
            select coalesce(s.plugin, '') as plugin, coalesce(s.database, '') as database, s.active_pid, s.wal_status,
                   s.confirmed_flush_lsn::text as confirmed,
                   coalesce(pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
                                                 else pg_current_wal_lsn() end, s.restart_lsn), 0)::bigint as retained,
                   a.application_name, host(a.client_addr) as client
            from pg_replication_slots s left join pg_stat_activity a on a.pid = s.active_pid
            where s.slot_name = ?
            """;

    static ServerState read(Connection connection, String slotName) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SERVER)) {
            row.next();
            return new ServerState(
                    row.getInt("version"),
                    row.getString("identity"),
                    row.getString("wal_level"),
                    row.getBoolean("replicates"),
                    lsn(row.getString("flushed")),
                    slot(connection, slotName));
        }
    }

    private static Optional<Slot> slot(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SLOT)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String application = row.getString("application_name");
                String client = row.getString("client");
                return Optional.of(new Slot(
                        row.getString("plugin"),
                        row.getString("database"),
                        row.getInt("active_pid"),
                        (application == null ? "unknown" : "'" + application + "'")
                                + (client == null ? "" : " from " + client),
                        "lost".equals(row.getString("wal_status")),
                        lsn(row.getString("confirmed")),
                        row.getLong("retained")));
            }
        }
    }

    private static long lsn(String text) {
        return text == null ? 0 : LogSequenceNumber.valueOf(text).asLong();
    }
}
