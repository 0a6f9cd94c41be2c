package dev.freshet.connector.envelope;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of row images of one form.
 *
 * @param <I> an image
 */
public final class RowReader<I> {
    private final List<String> names;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Column[] columns;
    private final Sent<I> sent;

    /**
     * Takes a column out of an image.
     *
     * @param <I> the image
     */
    @FunctionalInterface
    public interface Sent<I> {
        /** The value as it was sent. A NULL is a NULL, also where the schema has a default. */
        @Nullable
        Object of(I image, String column);
    }

    /** In the table's order. */
    public RowReader(List<Column> columns, Sent<I> sent) {
        this.names = columns.stream().map(Column::name).toList();
        this.columns = columns.toArray(Column[]::new);
        this.sent = sent;
        for (int i = 0; i < this.columns.length; i++) {
            indexes.put(this.columns[i].name().intern(), i);
        }
    }

    /** Of structs whose columns went through {@link ColumnConverter}. */
    static RowReader<Struct> of(Schema row) {
        return new RowReader<>(
                row.fields().stream()
                        .map(field -> new Column(field.name(), ColumnReaders.of(ColumnType.of(field.schema()))))
                        .toList(),
                Struct::getWithoutDefault);
    }

    public List<String> columns() {
        return names;
    }

    /** Negative where there is no such column. */
    int index(String column) {
        Integer index = indexes.get(column);
        return index == null ? -1 : index;
    }

    /** @throws dev.freshet.rules.expression.EvaluationException where the value cannot be read */
    @Nullable
    Object read(I image, int index) {
        return columns[index].read(sent.of(image, columns[index].name()));
    }
}
