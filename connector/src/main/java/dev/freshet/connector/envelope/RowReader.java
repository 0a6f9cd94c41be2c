package dev.freshet.connector.envelope;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Reads the columns of row structs of one schema. */
final class RowReader {
    private final List<String> names;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Column[] columns;

    RowReader(Schema row) {
        names = row.fields().stream().map(Field::name).toList();
        columns = row.fields().stream()
                .map(field -> new Column(field.name(), ColumnReaders.of(ColumnType.of(field.schema()))))
                .toArray(Column[]::new);
        for (int i = 0; i < columns.length; i++) {
            indexes.put(columns[i].name().intern(), i);
        }
    }

    List<String> columns() {
        return names;
    }

    /** Negative where there is no such column. */
    int index(String column) {
        Integer index = indexes.get(column);
        return index == null ? -1 : index;
    }

    /** @throws dev.freshet.rules.expression.EvaluationException where the value cannot be read */
    @Nullable
    Object read(Struct image, int index) {
        return columns[index].read(sent(image, index));
    }

    /** The value as it was sent. Without the schema's default: a NULL in a column that has a default is still a NULL. */
    @Nullable
    Object sent(Struct image, int index) {
        return image.getWithoutDefault(columns[index].name());
    }
}
