package dev.freshet.connector.schema;

import dev.freshet.change.TableId;
import dev.freshet.checkpoint.TableForm;
import dev.freshet.connector.backfill.Notice;
import dev.freshet.connector.backfill.Seal;
import dev.freshet.connector.session.KeptConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the tables' schemas again and again, and writes into the log what is to be read for what became of them. Their new
 * forms are given out only when that stands in the log: whoever comes later finds it there, or finds the old forms and looks
 * again.
 *
 * <p>The log is where it has to stand, because only there it is certain that every change of before has been delivered.
 */
public final class SchemaWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaWatch.class);

    private final String prefix;
    private final Seal seal;
    private final SchemaQuery query;
    private final Rereading rereading;
    private final KeptConnection connection;
    private final Function<TableId, String> identity;
    private final long everyNanos;
    private final Map<TableId, Schema> known;
    private boolean isKept;
    private boolean isDue = true;
    private long lookedAtNanos = System.nanoTime();
    private int failures;

    /**
     * What schemas are compared with.
     *
     * @param schemas by table
     * @param isKept whether these are stored already
     */
    public record Before(Map<TableId, Schema> schemas, boolean isKept) {}

    /**
     * One that has not looked yet.
     *
     * @param prefix of the messages that concern this source
     * @param seal for what they say
     * @param identity of each table, which stays as long as the source
     */
    public SchemaWatch(
            String prefix,
            Seal seal,
            SchemaQuery query,
            Rereading rereading,
            KeptConnection.Connections connections,
            Function<TableId, String> identity,
            Duration every,
            Before before) {
        this.prefix = prefix;
        this.seal = seal;
        this.query = query;
        this.rereading = rereading;
        this.connection = new KeptConnection(connections);
        this.identity = identity;
        this.everyNanos = every.toNanos();
        this.known = new HashMap<>(before.schemas());
        this.isKept = before.isKept();
    }

    /** The next look comes at once: the log tells of a table in another form. */
    public void soon() {
        isDue = true;
    }

    /** The forms that are to be stored, once. */
    public Optional<Map<TableId, TableForm>> unkept() {
        if (isKept) {
            return Optional.empty();
        }
        isKept = true;
        Map<TableId, TableForm> forms = new LinkedHashMap<>();
        known.forEach((table, schema) -> forms.put(table, schema.form()));
        return Optional.of(forms);
    }

    /**
     * Looks, if it is time.
     *
     * @throws IllegalStateException where the source must end, since it cannot go on from here
     */
    public void look() {
        if (!isDue && System.nanoTime() - lookedAtNanos < everyNanos) {
            return;
        }
        isDue = false;
        lookedAtNanos = System.nanoTime();
        try {
            Connection current = connection.get();
            Map<TableId, Seen> seen = query.read(current, identity);
            Comparison found = Comparison.of(known, seen, rereading);
            found.gap().or(found::anew).ifPresent(reason -> {
                throw new IllegalStateException(reason);
            });
            tell(current, found.notices());
            take(seen);
            failures = 0;
        } catch (SQLException e) {
            failures++;
            isDue = true;
            if (Integer.bitCount(failures) == 1) {
                LOG.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .addKeyValue("attempt", failures)
                        .log("the tables cannot be looked at; tried again");
            }
            close();
        }
    }

    private void tell(Connection current, List<Notice.Altered> notices) throws SQLException {
        if (notices.isEmpty()) {
            return;
        }
        try (PreparedStatement emit = current.prepareStatement("select pg_logical_emit_message(true, ?, ?)")) {
            for (Notice.Altered notice : notices) {
                emit.setString(1, prefix);
                emit.setString(2, notice.sealed(seal).text());
                emit.execute();
            }
        }
        current.commit();
    }

    private void take(Map<TableId, Seen> seen) {
        Map<TableId, Schema> now = new HashMap<>();
        seen.forEach((table, each) -> now.put(table, each.schema()));
        if (!now.equals(known)) {
            known.clear();
            known.putAll(now);
            isKept = false;
        }
    }

    /** The connection alone; the next look opens another. */
    @Override
    public void close() {
        connection.close();
    }
}
