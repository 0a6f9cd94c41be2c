package dev.freshet.connector.debezium;

import dev.freshet.pipeline.SourceLostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a replication slot again and again over one connection of its own, and acts where nobody else can. Used by one thread. */
public final class SlotWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);

    private static final String LOOK = """
            select s.active_pid is not null as streaming,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), s.confirmed_flush_lsn)::bigint as lag,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)::bigint as retained
            from pg_replication_slots s where s.slot_name = ?
            """;

    private final PostgresConnections connections;
    private final PostgresSourceOpener opener;
    private final String slot;
    private final SlotLimit limit;
    private final Excess excess;
    private @Nullable Connection connection;
    private String complaint = "";

    /** {@code opener} of the sources that read from the slot. */
    public SlotWatch(PostgresDatabase database, PostgresSourceOpener opener, String slot, SlotLimit limit) {
        this.connections = new PostgresConnections(database.address());
        this.opener = opener;
        this.slot = slot;
        this.limit = limit;
        this.excess = new Excess(limit.bytes());
    }

    /**
     * The slot at one moment.
     *
     * @param streaming whether a process receives from it
     * @param lagBytes how much log was written that it has not confirmed; empty where nobody could tell
     * @param retainedBytes how much log the database keeps for it; empty where nobody could tell
     * @param isAboveLimit whether that is too much
     * @param events what happened at this look
     */
    public record Look(
            boolean streaming,
            OptionalLong lagBytes,
            OptionalLong retainedBytes,
            boolean isAboveLimit,
            List<SlotEvent> events) {
        /** No slot, or no database to ask. */
        public static final Look NOTHING =
                new Look(false, OptionalLong.empty(), OptionalLong.empty(), false, List.of());

        public Look {
            events = List.copyOf(events);
        }
    }

    /** {@link Look#NOTHING} where the database does not answer; the next look tries again. */
    public Look look() {
        try {
            Connection current = connection;
            if (current == null) {
                current = connections.open();
                connection = current;
            }
            Optional<Sight> sight = see(current);
            return sight.isPresent() ? look(sight.get()) : Look.NOTHING;
        } catch (SQLException | DatabaseUnreachableException e) {
            close();
            return Look.NOTHING;
        }
    }

    /** What the server says of the slot. */
    private record Sight(boolean isStreaming, OptionalLong lag, OptionalLong retained) {}

    private Optional<Sight> see(Connection current) throws SQLException {
        try (PreparedStatement statement = current.prepareStatement(LOOK)) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Sight(row.getBoolean("streaming"), number(row, "lag"), number(row, "retained")))
                        : Optional.empty();
            }
        }
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private Look look(Sight sight) {
        List<SlotEvent> events = new ArrayList<>();
        long retained = sight.retained().orElse(0);
        excess.of(retained).ifPresent(events::add);
        boolean above = excess.isAbove(retained);
        if (above) {
            switch (limit.above()) {
                case WARN -> {}
                case DROP_SLOT -> {
                    if (isDropped(limit.bytes().orElseThrow())) {
                        excess.forget();
                        events.add(new SlotEvent.SlotDropped(
                                retained, limit.bytes().orElseThrow()));
                    }
                }
            }
        }
        return new Look(sight.isStreaming(), sight.lag(), sight.retained(), above, events);
    }

    /**
     * Only under the lock on the slot: this process has it, or takes it for the moment where nobody has. False where another process
     * has it, or the server does not let go of the slot now: the next look tries again.
     */
    private boolean isDropped(long most) {
        Optional<SlotHold> own = opener.hold();
        try {
            if (own.isPresent()) {
                return own.get().dropAbove(most);
            }
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("the lock on the slot may be lost");
        }
        try (SlotHold now = SlotHold.take(connections, slot)) {
            own.ifPresent(lost -> lost.revoke(lost.outgrown(most)));
            return now.dropAbove(most);
        } catch (SourceLostException e) {
            return false;
        } catch (SQLException | DatabaseUnreachableException e) {
            complain(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Once as long as it stays the same. */
    private void complain(String reason) {
        if (!reason.equals(complaint)) {
            complaint = reason;
            LOG.atWarn()
                    .addKeyValue("slot", slot)
                    .addKeyValue("reason", reason)
                    .log("the slot keeps too much log and cannot be dropped");
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
                LOG.atDebug().setCause(e).log("a dead connection");
            }
        }
    }
}
