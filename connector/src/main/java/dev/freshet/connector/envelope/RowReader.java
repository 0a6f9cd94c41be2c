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
    private final List<String> columns;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Field[] fields;
    private final ColumnReader[] readers;

    RowReader(Schema row) {
        columns = row.fields().stream().map(Field::name).toList();
        fields = row.fields().toArray(Field[]::new);
        readers = new ColumnReader[fields.length];
        for (int i = 0; i < fields.length; i++) {
            indexes.put(fields[i].name(), i);
            readers[i] = ColumnReaders.forSchema(fields[i].schema());
        }
    }

    List<String> columns() {
        return columns;
    }

    /** Negative where there is no such column. */
    int index(String column) {
        Integer index = indexes.get(column);
        return index == null ? -1 : index;
    }

    @Nullable
    Object read(Struct image, int index) {
        // Without the schema's default: a NULL in a column that has a default is still a NULL.
        Object sent = image.getWithoutDefault(fields[index].name());
        return sent == null ? null : readers[index].read(sent);
    }
}
