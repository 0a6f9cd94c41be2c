package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.connector.envelope.EnvelopeReader;
import dev.freshet.rules.catalog.Catalog;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The catalogue as it was when the source began, read again for a table that takes another form or is not in it: it may
 * have been altered or made since. Used by the engine's thread.
 */
final class LiveCatalog implements EnvelopeReader.Tables {
    private final PostgresDatabase database;
    private final Set<TableId> told = new HashSet<>();
    private Catalog catalog;

    LiveCatalog(PostgresDatabase database, Catalog atStart) {
        this.database = database;
        this.catalog = atStart;
    }

    @Override
    public Optional<Catalog.Table> now(TableId table) {
        boolean isAgain = !told.add(table);
        if (isAgain || catalog.table(table).isEmpty()) {
            try {
                catalog = database.catalog();
            } catch (DatabaseUnreachableException e) {
                throw new IllegalStateException("a table took another form and cannot be read: " + e.getMessage(), e);
            }
        }
        return catalog.table(table);
    }
}
