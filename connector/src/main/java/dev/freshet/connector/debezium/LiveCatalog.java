package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.connector.envelope.EnvelopeReader;
import dev.freshet.rules.Fingerprint;
import dev.freshet.rules.catalog.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables as they are while a source runs. What names their rows, and what is sent of their old rows, must stay as it was
 * when the source was opened: records do not tell it, and a column that was not sent looks like a NULL. Used by the
 * engine's thread.
 */
final class LiveCatalog implements EnvelopeReader.Tables {
    private final PostgresDatabase database;
    private final Catalog atOpening;

    LiveCatalog(PostgresDatabase database, Catalog atOpening) {
        this.database = database;
        this.atOpening = atOpening;
    }

    /** @throws IllegalStateException where the source must end, since the table is not what it was */
    @Override
    public Optional<Catalog.Table> now(TableId table) {
        Optional<Catalog.Table> now = read(table);
        if (!form(table, now).equals(form(table, atOpening.table(table)))) {
            throw new IllegalStateException("table " + table + " has another replica identity or key than before");
        }
        return now;
    }

    private Optional<Catalog.Table> read(TableId table) {
        try {
            return database.table(table);
        } catch (DatabaseUnreachableException e) {
            throw new IllegalStateException("a table took another form and cannot be read: " + e.getMessage(), e);
        }
    }

    /** Of all that must stay as it is of a table. */
    static String identity(TableId table, Catalog catalog) {
        return Fingerprint.of(form(table, catalog.table(table))).text();
    }

    /** The columns count only where they all together name a row. */
    private static List<String> form(TableId id, Optional<Catalog.Table> table) {
        List<String> form = new ArrayList<>(List.of(id.toString()));
        table.ifPresent(present -> {
            List<String> key = present.rowKey();
            form.add(present.oldRow().toString());
            form.addAll(
                    key.isEmpty()
                            ? present.columns().stream()
                                    .map(Catalog.Column::name)
                                    .toList()
                            : key);
        });
        return form;
    }
}
