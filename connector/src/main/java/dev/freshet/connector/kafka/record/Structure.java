package dev.freshet.connector.kafka.record;

import dev.freshet.connector.envelope.Column;
import dev.freshet.connector.envelope.ColumnReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Named values of a record, which tell of what type they are or do not. */
sealed interface Structure extends Named {
    /** Empty where the value is something else. */
    static Optional<Structure> of(@Nullable Object value) {
        return switch (value) {
            case Struct struct -> Optional.of(new WithSchema(struct));
            case Map<?, ?> map -> Optional.of(new WithoutSchema(map));
            case null, default -> Optional.empty();
        };
    }

    /** As the schema has them; in the order of the alphabet where there is none, since a map has none of its own. */
    List<String> names();

    boolean has(String name);

    /** What is the same, or equal, as long as records keep their form. */
    Object form();

    /** How one of them is read, as a column of that type in the catalogue, if that is known. */
    ColumnReader reader(String name, @Nullable String type);

    /** The structure by that name. */
    default Optional<Structure> structure(String name) {
        return of(get(name));
    }

    /** As a column of a row. */
    default Column column(String name, @Nullable String type) {
        return new Column(name, reader(name, type));
    }

    /** A struct. */
    record WithSchema(Struct struct) implements Structure {
        @Override
        public List<String> names() {
            return struct.schema().fields().stream().map(Field::name).toList();
        }

        @Override
        public boolean has(String name) {
            return struct.schema().field(name) != null;
        }

        /** A NULL in a column that has a default is still a NULL. */
        @Override
        public @Nullable Object get(String name) {
            return has(name) ? struct.getWithoutDefault(name) : null;
        }

        @Override
        public Schema form() {
            return struct.schema();
        }

        @Override
        public ColumnReader reader(String name, @Nullable String type) {
            return SentColumns.of(struct.schema().field(name).schema(), type);
        }
    }

    /** What a JSON object is without a schema. */
    record WithoutSchema(Map<?, ?> map) implements Structure {
        @Override
        public List<String> names() {
            return map.keySet().stream().map(String::valueOf).sorted().toList();
        }

        @Override
        public boolean has(String name) {
            return map.containsKey(name);
        }

        @Override
        public @Nullable Object get(String name) {
            return map.get(name);
        }

        @Override
        public Set<?> form() {
            return map.keySet();
        }

        @Override
        public ColumnReader reader(String name, @Nullable String type) {
            return SentColumns.of(type);
        }
    }
}
