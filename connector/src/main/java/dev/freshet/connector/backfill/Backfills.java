package dev.freshet.connector.backfill;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.connector.session.KeptConnection;
import dev.freshet.connector.visibility.Visibility;
import dev.freshet.pipeline.DatabaseAwayException;
import dev.freshet.rules.catalog.Catalog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
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

    private static final int REMEMBERED = 16;

    /** So many may wait; any role of the database may write that it wants more. */
    private static final int MOST = 100;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_PAUSE = 64;

    private final String prefix;
    private final Tables tables;
    private final Seal seal;
    private final ChunkReader reader;
    private final List<Backfill> left;
    private final Deque<Ended> ended;
    private Version heard;
    private @Nullable Chunk chunk;
    private final LongSupplier nanos;
    private int failures;
    private long notBeforeNanos;
    private String patientWith = "";

    /** Tells of the tables that the source follows, as they are now. */
    public interface Tables {
        boolean isFollowed(TableId table);

        /** Empty where it is not there. */
        Optional<Catalog.Table> now(TableId table);
    }

    /**
     * Going on from what a checkpoint says.
     *
     * @param prefix of the messages that concern this source
     * @param seal under which conditions are run
     * @param nanos as {@link System#nanoTime}
     */
    public Backfills(
            String prefix,
            Progress from,
            KeptConnection.Connections connections,
            Tables tables,
            Visibility visibility,
            Seal seal,
            LongSupplier nanos) {
        this.prefix = prefix;
        this.heard = from.heard();
        this.left = new ArrayList<>(from.left());
        this.ended = new ArrayDeque<>(from.ended());
        this.tables = tables;
        this.seal = seal;
        this.nanos = nanos;
        this.notBeforeNanos = nanos.getAsLong();
        this.reader = new ChunkReader(prefix, connections, visibility);
        begin();
    }

    /** The one whose turn it is: the first that is not paused. */
    private Optional<Backfill> current() {
        return left.stream().filter(each -> !each.isPaused()).findFirst();
    }

    private void replace(Backfill before, Backfill after) {
        left.set(left.indexOf(before), after);
    }

    /** With no rows yet. */
    private void begin() {
        chunk = current().map(Chunk::unread).orElse(null);
    }

    /** What belongs to the next checkpoint. Of a row that moved nothing is kept, so the next process begins with the table anew. */
    public Progress progress() {
        List<Backfill> all = new ArrayList<>(left);
        if (chunk != null && chunk.hasMoved()) {
            current().ifPresent(next -> all.set(left.indexOf(next), next.fromTheBeginning()));
        }
        return new Progress(heard, all, List.copyOf(ended));
    }

    /** The log tells of a change. */
    public void delivered(Change change, OptionalLong transaction) {
        transaction.ifPresent(reader::delivered);
        if (chunk != null) {
            chunk.follow(change);
            if (chunk.hasMovedTooMany()) {
                current().ifPresent(next -> replace(next, next.fromTheBeginning()));
                begin();
            }
        }
        if (Chunk.movesARow(change)) {
            restartOthers(change.table());
        }
    }

    /** A row may have moved from where they have not been yet to where they have. */
    private void restartOthers(TableId table) {
        Optional<Backfill> followed = current();
        left.replaceAll(each ->
                each.table().equals(table) && followed.filter(each::equals).isEmpty() ? each.fromTheBeginning() : each);
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
                    ask(new Backfill(id, table, where));
                }
            }
            case Notice.Cancel(TableId table) -> {
                if (isNews(at)) {
                    cancel(table);
                }
            }
            case Notice.Pause(TableId table) -> {
                if (isNews(at)) {
                    pause(table, true);
                }
            }
            case Notice.Resume(TableId table) -> {
                if (isNews(at)) {
                    pause(table, false);
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

    private void ask(Backfill backfill) {
        if (left.size() >= MOST) {
            end(Ended.failed(backfill.id(), MOST + " others wait already"));
            return;
        }
        add(backfill);
        LOG.atInfo().addKeyValue("table", backfill.table()).log("a backfill was asked for");
    }

    /** What is to be read whole need not be gone on with where it was begun before. */
    private void read(String id, Notice.Read read) {
        if (!tables.isFollowed(read.table())) {
            LOG.atWarn().addKeyValue("table", read.table()).log("asked to read a table again that no rule follows");
            return;
        }
        boolean isWhole = read.where().isEmpty() || left.size() >= MOST;
        Predicate<Backfill> isCovered = each -> each.isNeeded() && each.table().equals(read.table()) && isWhole;
        remove(isCovered, "the table was altered since, and is read for that");
        Backfill needed = Backfill.needed(id, read);
        add(isWhole ? needed.whole() : needed);
    }

    private void add(Backfill backfill) {
        left.add(backfill);
        if (chunk == null) {
            begin();
        }
    }

    /** @return whether there were any */
    private boolean remove(Predicate<Backfill> these, String failure) {
        boolean isAtWork = current().filter(these).isPresent();
        left.stream().filter(these).forEach(each -> end(Ended.failed(each.id(), failure)));
        boolean removed = left.removeIf(these);
        if (isAtWork) {
            begin();
        }
        return removed;
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
        if (remove(isAskedFor(table), "it was cancelled")) {
            LOG.atInfo().addKeyValue("table", table).log("a backfill was cancelled");
        }
    }

    /** What a sweep waits for is not for anybody to stop. */
    private static Predicate<Backfill> isAskedFor(TableId table) {
        return each -> each.table().equals(table) && !each.isNeeded();
    }

    /** They line up behind the others, so that none that is at work is interrupted. Rows that wait for their mark are read again. */
    private void pause(TableId table, boolean isPaused) {
        List<Backfill> now = progress().left();
        Optional<Backfill> before = current();
        Predicate<Backfill> isMeant = isAskedFor(table).and(each -> each.isPaused() != isPaused);
        boolean isInterrupted = before.filter(isMeant).isPresent();
        List<Backfill> meant = now.stream().filter(isMeant).toList();
        left.removeIf(isMeant);
        meant.forEach(each -> left.add(each.paused(isPaused)));
        if (isInterrupted || chunk == null) {
            begin();
        }
        if (!meant.isEmpty()) {
            LOG.atInfo().addKeyValue("table", table).log(isPaused ? "a backfill is paused" : "a backfill goes on");
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
        Backfill before = current().orElseThrow();
        Backfill done = before.goneOn(marked.last(), marked.read());
        if (marked.isLast()) {
            left.remove(before);
            end(Ended.done(done.id()));
            LOG.atInfo()
                    .addKeyValue("table", done.table())
                    .addKeyValue("rows", done.rows())
                    .log("a backfill is done");
        } else {
            replace(before, done);
        }
        begin();
        return marked.rows();
    }

    /** Reads the next chunk, if there is one to read, and marks its place in the log. Between two batches. */
    public void goOn() throws InterruptedException {
        Optional<Backfill> turn = current();
        Chunk before = chunk;
        if (turn.isEmpty() || before == null) {
            close();
            return;
        }
        if (before.isRead() || nanos.getAsLong() - notBeforeNanos < 0) {
            return;
        }
        Backfill next = turn.get();
        if (!seal.isOn(next.table(), next.where())) {
            unsealed(next);
            return;
        }
        Optional<ChunkQuery> query = Optional.of(next.table())
                .filter(tables::isFollowed)
                .flatMap(tables::now)
                .map(ChunkQuery::new)
                .filter(ChunkQuery::isPossible);
        if (query.isEmpty()) {
            String reason =
                    "the table is not there, no rule follows it, or it has no unique key whose columns are NOT NULL";
            if (next.isNeeded()) {
                failed(next, before, reason);
            } else {
                giveUp(next, reason);
            }
            return;
        }
        try {
            // Nothing is delivered while it is read.
            chunk = reader.read(query.get(), next, patientWith.equals(next.id()))
                    .with(before);
            failures = 0;
        } catch (DatabaseAwayException e) {
            failed(next, before, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            switch (Setback.of(e, patientWith.equals(next.id()), next.isNeeded())) {
                case TAKE_LESS -> {
                    patientWith = next.id();
                    close();
                }
                case GIVE_UP -> giveUp(next, String.valueOf(e.getMessage()));
                case TRY_LATER -> failed(next, before, String.valueOf(e.getMessage()));
            }
        }
    }

    private void giveUp(Backfill given, String reason) {
        LOG.atError()
                .addKeyValue("table", given.table())
                .addKeyValue("reason", reason)
                .log("a backfill cannot be done and is given up");
        remove(given::equals, reason);
        close();
    }

    /** Nobody knows who wrote the condition, so it is not run. What a sweep waits for is read whole instead. */
    private void unsealed(Backfill next) {
        if (next.isNeeded()) {
            replace(next, next.whole());
            begin();
        } else {
            giveUp(
                    next,
                    "its condition does not bear the seal of Freshet's password, so somebody else may have written it");
        }
    }

    /** The same chunk is tried again, later and later: the engine's thread reads it, and the log waits for that. */
    private void failed(Backfill next, Chunk before, String reason) {
        chunk = before;
        failures++;
        notBeforeNanos =
                nanos.getAsLong() + FIRST_PAUSE.toNanos() * Math.min(LONGEST_PAUSE, 1L << Math.min(failures - 1, 30));
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
        reader.close();
    }
}
