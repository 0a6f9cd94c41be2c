package dev.freshet.connector.kafka.record;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.rules.catalog.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes changes of rows, each table's by a {@link Shape} that lasts as long as its records keep their form. Used by one thread. */
final class Tables {
    private final Catalog catalog;
    private final Map<TableId, Kept> kept = new HashMap<>();

    /**
     * A shape and the records that it reads.
     *
     * @param form of their values: a schema, which is known again by its identity, or the names in a map
     * @param key the same of their keys; null where they have none
     */
    private record Kept(Shape shape, Object form, @Nullable Object key) {
        boolean reads(Object form, @Nullable Object key) {
            return same(this.form, form) && same(this.key, key);
        }

        @SuppressWarnings("ReferenceEquality") // comparing two schemas takes as long as making a shape
        private static boolean same(@Nullable Object one, @Nullable Object other) {
            return one == other || (one instanceof Set && one.equals(other));
        }
    }

    Tables(Catalog catalog) {
        this.catalog = catalog;
    }

    /** @param key of the record, where it is a structure */
    Change change(Envelope envelope, Origin origin, Version version, Optional<Structure> key)
            throws UnreadableRecordException {
        if (envelope.operation() == Operation.TRUNCATE) {
            return new Change.Truncate(origin.table(), version, origin.committedAt());
        }
        Structure row = envelope.after() == null ? envelope.before() : envelope.after();
        if (row == null) {
            throw new UnreadableRecordException("its envelope has no row");
        }
        return shape(envelope, origin.table(), row, key).change(envelope, origin, version);
    }

    private Shape shape(Envelope envelope, TableId table, Structure row, Optional<Structure> key) {
        Kept last = kept.get(table);
        Object keyForm = key.map(Structure::form).orElse(null);
        if (last != null && last.reads(envelope.form(), keyForm)) {
            return last.shape();
        }
        Optional<Catalog.Table> known = catalog.table(table);
        List<String> keys = key.map(Tables::withoutAdded).orElse(List.of());
        if (envelope.kind() == Envelope.Kind.KEY_ALONE) {
            List<String> others = last != null
                    ? last.shape().columns()
                    : known.map(Tables::names).orElse(List.of());
            List<String> columns =
                    Stream.concat(others.stream(), keys.stream()).distinct().toList();
            return new Shape(table, known, row, columns, keys);
        }
        Shape shape = new Shape(table, known, row, columns(envelope, row, known), keys);
        kept.put(
                table,
                new Kept(
                        shape,
                        kept(envelope.form()),
                        key.map(Structure::form).map(Tables::kept).orElse(null)));
        return shape;
    }

    /** Not the record that it belongs to. */
    private static Object kept(Object form) {
        return form instanceof Set<?> names ? Set.copyOf(names) : form;
    }

    private static List<String> columns(Envelope envelope, Structure row, Optional<Catalog.Table> table) {
        List<String> known = table.map(Tables::names).orElse(List.of());
        List<String> names = new ArrayList<>(row.names());
        if (envelope.kind() == Envelope.Kind.FLATTENED) {
            names.removeIf(each -> each.startsWith(Added.PREFIX) && !known.contains(each));
        }
        if (row instanceof Structure.WithoutSchema) {
            names.sort(Comparator.comparingInt(each -> known.contains(each) ? known.indexOf(each) : known.size()));
        }
        return names;
    }

    private static List<String> names(Catalog.Table table) {
        return table.columns().stream().map(Catalog.Column::name).toList();
    }

    private static List<String> withoutAdded(Structure key) {
        return key.names().stream()
                .filter(each -> !each.startsWith(Added.PREFIX))
                .toList();
    }
}
