package dev.freshet.sidecar.command;

import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what {@code run} will do before it does it. */
final class Intentions {
    /** Rows of a snapshot that reach the cache in a second, roughly; for the estimate alone. */
    private static final long ROWS_A_SECOND = 20_000;

    private Intentions() {}

    static void print(Preparation prepared, PrintWriter out) {
        var source = prepared.sourceSettings();
        out.printf(
                "following %s, slot '%s', publication '%s'%n",
                prepared.database().address(), source.slot(), source.publication());
        Map<TableId, Long> rows = rows(prepared);
        for (TableId table : prepared.tables()) {
            boolean snapshot = source.snapshotTables().contains(table);
            out.printf(
                    Locale.ROOT,
                    "  %s: %d rule%s%s%n",
                    table,
                    prepared.rules().on(table).size(),
                    prepared.rules().on(table).size() == 1 ? "" : "s",
                    snapshot ? ", " + rows(rows.getOrDefault(table, 0L)) : "");
        }
        long all = source.snapshotTables().stream()
                .mapToLong(table -> rows.getOrDefault(table, 0L))
                .sum();
        String prefix = prepared.settings().cache().prefix();
        out.printf(
                Locale.ROOT,
                "into the cache at %s:%d%s%n",
                prepared.settings().cache().address().host(),
                prepared.settings().cache().address().port(),
                prefix.isEmpty() ? "" : " under '" + prefix + "'");
        out.println("a first start, and one after changes were missed or under other rules, "
                + (source.snapshotTables().isEmpty() ? "" : "reads the tables (" + minutes(all) + "), and then ")
                + "removes every other key that the templates of these rules match, or of puts of the rules before");
        hints(prepared).forEach(out::println);
        out.flush();
    }

    private static List<String> hints(Preparation prepared) {
        try {
            return prepared.hints();
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static Map<TableId, Long> rows(Preparation prepared) {
        try {
            return prepared.database().estimatedRows();
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    /** The server's statistics know nothing of a table that was never analyzed. */
    private static String rows(long estimate) {
        return estimate == 0 ? "rows not counted yet" : "about " + estimate + " rows";
    }

    private static String minutes(long rows) {
        long seconds = rows / ROWS_A_SECOND;
        return seconds < 60 ? "less than a minute" : "about " + (seconds / 60 + 1) + " minutes";
    }
}
