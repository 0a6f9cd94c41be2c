package dev.freshet.connector.backfill;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.connector.visibility.Visibility;
import dev.freshet.pipeline.DatabaseAwayException;
import dev.freshet.pipeline.Transactions;
import dev.freshet.rules.catalog.Catalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that are read again, one after the other.
 *
 * <p>A chunk is read between two batches, on a snapshot that shows every transaction that was delivered. So it is as new as
 * all of them; what is delivered from then on to the mark is newer, and takes the place of the rows that it tells of. So at the
 * mark the rows are as the log has them there.
 */
public final class Backfills implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Backfills.class);

    /** Of those before, every one is long visible: the server lets go of waiting commits in their order. */
    private static final int RECENT = 10_000;

    private static final int REMEMBERED = 16;

    private static final String TIMED_OUT = "57014";

    private final String prefix;
    private final Connections connections;
    private final Tables tables;
    private final Visibility visibility;
    private final Seal seal;
    private final Deque<Backfill> left;
    private final Set<Long> recent = new LinkedHashSet<>();
    private final Deque<Ended> ended;
    private Version heard;
    private boolean primed;
    private @Nullable Chunk chunk;
    private @Nullable Connection connection;
    private int failures;
    private String patientWith = "";

    /** Opens a connection to the database. */
    @FunctionalInterface
    public interface Connections {
        Connection open() throws SQLException;
    }

    /** Tells of the tables that the source follows, as they are now. */
    @FunctionalInterface
    public interface Tables {
        Optional<Catalog.Table> now(TableId table);
    }

    /**
     * Going on from what a checkpoint says.
     *
     * @param prefix of the messages that concern this source
     * @param seal under which conditions are run
     */
    public Backfills(
            String prefix, Progress from, Connections connections, Tables tables, Visibility visibility, Seal seal) {
        this.prefix = prefix;
        this.heard = from.heard();
        this.left = new ArrayDeque<>(from.left());
        this.ended = new ArrayDeque<>(from.ended());
        this.chunk = left.isEmpty() ? null : Chunk.unread(left.element().table());
        this.connections = connections;
        this.tables = tables;
        this.visibility = visibility;
        this.seal = seal;
    }

    /** What belongs to the next checkpoint. Of a row that moved nothing is kept, so the next process begins with the table anew. */
    public Progress progress() {
        List<Backfill> all = new ArrayList<>(left);
        if (chunk != null && chunk.hasMoved()) {
            all.set(0, left.element().fromTheBeginning());
        }
        return new Progress(heard, all, List.copyOf(ended));
    }

    /** The log tells of a change. */
    public void delivered(Change change, OptionalLong transaction) {
        transaction.ifPresent(this::remember);
        if (chunk != null) {
            chunk.follow(change);
        }
    }

    private void remember(long transaction) {
        recent.remove(transaction);
        recent.add(transaction);
        if (recent.size() > RECENT) {
            recent.remove(recent.iterator().next());
        }
    }

    /** What a message in the log means. */
    public sealed interface Heard {
        /** Rows take their place here; none, where it means nothing else. */
        record Rows(Map<RowId, Row> rows) implements Heard {
            static final Rows NONE = new Rows(Map.of());
        }

        /** A table was altered; its rows come behind this. */
        record Altered(TableId table, boolean rowsMayBeGone) implements Heard {}
    }

    /**
     * The log brings a message.
     *
     * @param at its place
     */
    public Heard delivered(String messagePrefix, String content, Version at) {
        Optional<Notice> notice = messagePrefix.equals(prefix) ? Notice.read(content) : Optional.empty();
        if (notice.isEmpty()) {
            return Heard.Rows.NONE;
        }
        switch (notice.get()) {
            case Notice.Mark(String token) -> {
                return new Heard.Rows(placed(token));
            }
            case Notice.Begin(String id, TableId table, Condition where) -> {
                if (isNews(at)) {
                    left.add(new Backfill(id, table, where));
                    LOG.atInfo().addKeyValue("table", table).log("a backfill was asked for");
                }
            }
            case Notice.Cancel(TableId table) -> {
                if (isNews(at)) {
                    cancel(table);
                }
            }
            case Notice.Altered(String id, TableId table, boolean rowsMayBeGone, List<Notice.Read> reads) -> {
                if (isNews(at)) {
                    reads.forEach(read -> read(id, read));
                }
                return new Heard.Altered(table, rowsMayBeGone);
            }
        }
        return Heard.Rows.NONE;
    }

    /** What is to be read whole need not be gone on with where it was begun before. */
    private void read(String id, Notice.Read read) {
        Predicate<Backfill> isCovered = each -> each.isNeeded()
                && each.table().equals(read.table())
                && read.where().isEmpty();
        if (!left.isEmpty() && isCovered.test(left.element())) {
            chunk = null;
        }
        left.stream()
                .filter(isCovered)
                .forEach(each -> end(Ended.failed(each.id(), "the table was altered since, and is read for that")));
        left.removeIf(isCovered);
        left.add(Backfill.needed(id, read));
    }

    /** Whether rows are still to come without which a sweep would take entries that are right. */
    public boolean isNeeded() {
        return left.stream().anyMatch(Backfill::isNeeded);
    }

    private boolean isNews(Version at) {
        if (at.compareTo(heard) <= 0) {
            return false;
        }
        heard = at;
        return true;
    }

    private void cancel(TableId table) {
        Predicate<Backfill> isMeant = each -> each.table().equals(table) && !each.isNeeded();
        if (!left.isEmpty() && isMeant.test(left.element())) {
            chunk = null;
        }
        left.stream().filter(isMeant).forEach(each -> end(Ended.failed(each.id(), "it was cancelled")));
        if (left.removeIf(isMeant)) {
            LOG.atInfo().addKeyValue("table", table).log("a backfill was cancelled");
        }
    }

    private void end(Ended backfill) {
        ended.add(backfill);
        if (ended.size() > REMEMBERED) {
            ended.remove();
        }
    }

    private Map<RowId, Row> placed(String token) {
        Chunk marked = chunk;
        if (marked == null || !marked.isRead() || !marked.token().equals(token)) {
            return Map.of();
        }
        chunk = null;
        Backfill done = left.remove().goneOn(marked.last(), marked.read());
        if (marked.isLast()) {
            end(Ended.done(done.id()));
            LOG.atInfo()
                    .addKeyValue("table", done.table())
                    .addKeyValue("rows", done.rows())
                    .log("a backfill is done");
        } else {
            left.addFirst(done);
            chunk = Chunk.unread(done.table());
        }
        return marked.rows();
    }

    /** Reads the next chunk, if there is one to read, and marks its place in the log. Between two batches. */
    public void goOn() throws InterruptedException {
        if (left.isEmpty()) {
            close();
            return;
        }
        Backfill next = left.element();
        Chunk under = chunk;
        Chunk before = under == null ? Chunk.unread(next.table()) : under;
        if (before.isRead()) {
            return;
        }
        if (!seal.isOn(next.table(), next.where())) {
            unsealed(next);
            return;
        }
        Optional<ChunkQuery> query =
                tables.now(next.table()).map(ChunkQuery::new).filter(ChunkQuery::isPossible);
        if (query.isEmpty()) {
            String reason = "the table is not there, no rule follows it, or it has no unique key";
            if (next.isNeeded()) {
                failed(next, before, reason);
            } else {
                giveUp(next, reason);
            }
            return;
        }
        try {
            prime();
            String token = UUID.randomUUID().toString();
            Connection current = connection();
            Chunk read = read(current, query.get(), next, token);
            // Nothing was delivered since it was read.
            chunk = read.with(before);
            mark(current, token);
            failures = 0;
        } catch (DatabaseAwayException e) {
            failed(next, before, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            if (TIMED_OUT.equals(e.getSQLState()) && !patientWith.equals(next.id())) {
                patientWith = next.id();
                close();
            } else if (isOfTheQuery(e) && !next.isNeeded()) {
                giveUp(next, String.valueOf(e.getMessage()));
            } else {
                failed(next, before, String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * A source does not know what was delivered to the one before. Its commit returns after theirs, so that they are visible.
     */
    private void prime() throws SQLException {
        if (!primed) {
            mark(connection(), "start");
            primed = true;
        }
    }

    private Chunk read(Connection current, ChunkQuery query, Backfill next, String token)
            throws SQLException, DatabaseAwayException, InterruptedException {
        current.setReadOnly(true);
        try {
            visibility.await(current, new Transactions(Set.copyOf(recent)));
            return query.read(current, next, token, patientWith.equals(next.id()));
        } finally {
            current.rollback();
            current.setReadOnly(false);
        }
    }

    private void mark(Connection current, String token) throws SQLException {
        try (PreparedStatement emit = current.prepareStatement("select pg_logical_emit_message(true, ?, ?)")) {
            emit.setString(1, prefix);
            emit.setString(2, new Notice.Mark(token).text());
            emit.execute();
        }
        current.commit();
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connections.open();
            open.setAutoCommit(false);
            open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection = open;
        }
        return open;
    }

    /**
     * Syntax, a missing column, a value that a type does not take. A right or a table that is missing may come back: migrations take
     * them away for a while.
     */
    private static boolean isOfTheQuery(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("42501") || state.equals("42P01")) {
            return false;
        }
        return state.startsWith("42") || state.startsWith("22") || state.startsWith("25");
    }

    private void giveUp(Backfill given, String reason) {
        LOG.atError()
                .addKeyValue("table", given.table())
                .addKeyValue("reason", reason)
                .log("a backfill cannot be done and is given up");
        chunk = null;
        left.remove();
        end(Ended.failed(given.id(), reason));
        close();
    }

    /** Nobody knows who wrote the condition, so it is not run. What a sweep waits for is read whole instead. */
    private void unsealed(Backfill next) {
        if (next.isNeeded()) {
            left.remove();
            left.addFirst(next.whole());
            chunk = null;
        } else {
            giveUp(
                    next,
                    "its condition does not bear the seal of Freshet's password, so somebody else may have written it");
        }
    }

    /** The same chunk is tried again. */
    private void failed(Backfill next, Chunk before, String reason) {
        chunk = before;
        failures++;
        if (Integer.bitCount(failures) == 1) {
            LOG.atWarn()
                    .addKeyValue("table", next.table())
                    .addKeyValue("reason", reason)
                    .addKeyValue("attempt", failures)
                    .log("a backfill waits for the database");
        }
        close();
    }

    /** The connection alone; a chunk that is under way keeps its place. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.atDebug().setCause(e).log("a dead connection");
            }
        }
    }
}
