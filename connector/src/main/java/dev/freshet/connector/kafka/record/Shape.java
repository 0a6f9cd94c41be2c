package dev.freshet.connector.kafka.record;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Unknown;
import dev.freshet.change.Version;
import dev.freshet.connector.envelope.Column;
import dev.freshet.connector.envelope.PartialRow;
import dev.freshet.connector.envelope.RowNaming;
import dev.freshet.connector.envelope.RowReader;
import dev.freshet.connector.envelope.WholeRow;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.Catalog.OldRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one table are read. A row is known by the catalogue's key; without a catalogue by the record's key, in the
 * order of its schema or, where it has none, of the alphabet; without a key by a digest of its values.
 */
final class Shape {
    private final TableId id;
    private final Optional<Catalog.Table> table;
    private final List<String> key;
    private final RowReader<Structure> rows;
    private final RowNaming naming;
    private final List<String> name;

    /**
     * For rows such as this one.
     *
     * @param table in the catalogue
     * @param columns of the table, in its order; the row may lack some
     * @param key columns of the record's key
     */
    Shape(TableId id, Optional<Catalog.Table> table, Structure row, List<String> columns, List<String> key) {
        this.id = id;
        this.table = table;
        this.key = key.stream().filter(columns::contains).toList();
        this.rows = new RowReader<>(
                columns.stream().map(each -> column(each, row, table)).toList(), Structure::get);
        Catalog.Table named =
                table.orElseGet(() -> new Catalog.Table(id, List.of(), List.of(this.key), new OldRow.Only(this.key)));
        this.naming = RowNaming.of(named, columns);
        this.name = named.rowKey();
    }

    private static Column column(String name, Structure row, Optional<Catalog.Table> table) {
        @Nullable
        String type = table.flatMap(each -> each.column(name))
                .map(Catalog.Column::type)
                .orElse(null);
        return row.has(name) ? row.column(name, type) : new Column(name, sent -> Unknown.VALUE);
    }

    List<String> columns() {
        return rows.columns();
    }

    /** The change of a row. */
    Change change(Envelope envelope, Origin origin, Version version) throws UnreadableRecordException {
        Instant at = origin.committedAt();
        return switch (envelope.operation()) {
            case CREATE -> {
                Row row = new WholeRow<>(rows, after(envelope), null);
                yield new Change.Insert(id, naming.of(row), version, at, row);
            }
            case READ -> {
                Row row = new WholeRow<>(rows, after(envelope), null);
                yield new Change.Snapshot(id, naming.of(row), version, at, row);
            }
            case UPDATE -> update(envelope, origin, version);
            case DELETE -> {
                Structure before = envelope.before();
                if (before == null) {
                    throw new UnreadableRecordException("its envelope is a delete without the old row's key");
                }
                Row row = old(OldColumns.known(envelope, origin.connector(), table, key), before);
                yield new Change.Delete(id, naming.of(row), version, at, row);
            }
            case TRUNCATE, MESSAGE -> throw new IllegalArgumentException(envelope.operation() + " changes no row");
        };
    }

    private Change update(Envelope envelope, Origin origin, Version version) throws UnreadableRecordException {
        Structure before = envelope.before();
        Structure after = after(envelope);
        OldRow known = OldColumns.known(envelope, origin.connector(), table, key);
        Row row = new WholeRow<>(rows, after, known instanceof OldRow.Everything ? before : null);
        Row old = old(known, before == null ? after : before);
        RowId now = naming.of(row);
        RowId was =
                known instanceof OldRow.Only(List<String> sent) && !sent.containsAll(name) ? now : naming.of(old, now);
        return new Change.Update(id, was, now, version, origin.committedAt(), old, row);
    }

    private Row old(OldRow known, Structure image) {
        return switch (known) {
            case OldRow.Everything() -> new WholeRow<>(rows, image, null);
            case OldRow.Only(List<String> sent) -> new PartialRow<>(rows, image, Set.copyOf(sent));
        };
    }

    private static Structure after(Envelope envelope) throws UnreadableRecordException {
        Structure after = envelope.after();
        if (after == null) {
            throw new UnreadableRecordException("its envelope has no row after the change");
        }
        return after;
    }
}
