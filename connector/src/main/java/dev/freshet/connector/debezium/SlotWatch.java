package dev.freshet.connector.debezium;

import dev.freshet.connector.backfill.Notice;
import dev.freshet.connector.session.KeptConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at a replication slot again and again over one connection of its own, and acts where nobody else can. Used by one thread. */
public final class SlotWatch implements AutoCloseable {
    private static final String LOOK = """
            select s.active_pid is not null as streaming,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), s.confirmed_flush_lsn)::bigint as lag,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)::bigint as retained,
                   a.pid is not null and coalesce(a.wait_event_type, '') not in ('Activity', 'Client') as busy
            from pg_replication_slots s left join pg_stat_activity a on a.pid = s.active_pid where s.slot_name = ?
            """;

    /** A commit that waits for a standby would be silent as well. */
    private static final String ASK =
            "select set_config('synchronous_commit', 'off', true), pg_logical_emit_message(true, ?, ?)";

    private static final Duration TO_ANSWER = Duration.ofSeconds(5);

    private final KeptConnection connection;
    private final PostgresSourceOpener opener;
    private final String slot;
    private final LimitGuard guard;
    private final Duration patience;
    private final Silence silence;
    private long lookedAtNanos = System.nanoTime();

    /** {@code opener} of the sources that read by these settings. */
    public SlotWatch(PostgresSettings settings, PostgresSourceOpener opener, SlotLimit limit) {
        PostgresConnections connections = new PostgresConnections(settings.address()).answeringWithin(TO_ANSWER);
        this.connection = new KeptConnection(connections::openForJdbc);
        this.opener = opener;
        this.slot = settings.slot();
        this.guard = new LimitGuard(connections, opener, slot, limit);
        this.patience = settings.stalledAfter();
        this.silence = new Silence(patience);
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
        public static final Look NOTHING = nothing(List.of());

        /** Nothing has a slot here, and whatever is open streams. */
        public static final Look WITHOUT_SLOT =
                new Look(true, OptionalLong.empty(), OptionalLong.empty(), false, List.of());

        public Look {
            events = List.copyOf(events);
        }

        private static Look nothing(List<SlotEvent> events) {
            return new Look(false, OptionalLong.empty(), OptionalLong.empty(), false, events);
        }
    }

    /** Nothing is seen where the database does not answer; the next look tries again. */
    public Look look() {
        Optional<Sight> sight = Optional.empty();
        try {
            sight = see(connection.get());
        } catch (SQLException e) {
            close();
        }
        List<SlotEvent> events = new ArrayList<>();
        listen(sight).ifPresent(events::add);
        return sight.isPresent() ? look(sight.get(), events) : Look.nothing(events);
    }

    /** A source that has died without a word is given up, and the pipeline opens another. */
    private Optional<SlotEvent> listen(Optional<Sight> sight) {
        long now = System.nanoTime();
        Duration since = Duration.ofNanos(now - lookedAtNanos);
        lookedAtNanos = now;
        Optional<Grip> grip = opener.grip();
        if (grip.isEmpty()) {
            silence.forget();
            return Optional.empty();
        }
        boolean isBusy = sight.isPresent() && sight.get().isBusy();
        switch (silence.look(grip.get(), grip.get().signs().seen(), isBusy, since)) {
            case NOTHING -> {}
            case ASK -> ask();
            case GIVE_UP -> {
                grip.get()
                        .giveUp("nothing came from the database for " + patience.toSeconds()
                                + " s, not even what it was asked for");
                return Optional.of(new SlotEvent.SourceGivenUp(patience));
            }
        }
        return Optional.empty();
    }

    /** Through the log; what stands there means nothing. Where the database cannot be asked nothing comes back either. */
    private void ask() {
        try (PreparedStatement ask = connection.get().prepareStatement(ASK)) {
            ask.setString(1, Notice.prefix(slot));
            ask.setString(2, new Notice.Mark("are you there").text());
            ask.execute();
        } catch (SQLException e) {
            close();
        }
    }

    /**
     * What the server says of the slot.
     *
     * @param isBusy whether it works for the slot, and waits neither for its reader nor for more log
     */
    private record Sight(boolean isStreaming, OptionalLong lag, OptionalLong retained, boolean isBusy) {}

    private Optional<Sight> see(Connection current) throws SQLException {
        try (PreparedStatement statement = current.prepareStatement(LOOK)) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Sight(
                                row.getBoolean("streaming"),
                                number(row, "lag"),
                                number(row, "retained"),
                                row.getBoolean("busy")))
                        : Optional.empty();
            }
        }
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private Look look(Sight sight, List<SlotEvent> events) {
        long retained = sight.retained().orElse(0);
        events.addAll(guard.of(retained));
        return new Look(sight.isStreaming(), sight.lag(), sight.retained(), guard.isAbove(retained), events);
    }

    @Override
    public void close() {
        connection.close();
    }
}
