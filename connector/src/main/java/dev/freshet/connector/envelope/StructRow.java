package dev.freshet.connector.envelope;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.Unknown;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** A whole row image, read in place. An unchanged TOAST value is filled from the old image where that was sent. */
final class StructRow implements Row {
    private final RowReader reader;
    private final Struct image;
    private final @Nullable Struct older;

    StructRow(RowReader reader, Struct image, @Nullable Struct older) {
        this.reader = reader;
        this.image = image;
        this.older = older;
    }

    @Override
    public @Nullable Object get(String column) {
        int index = reader.index(column);
        if (index < 0) {
            throw new NoSuchColumnException(column, columns());
        }
        Object value = reader.read(image, index);
        return value == Unknown.VALUE && older != null ? reader.read(older, index) : value;
    }

    @Override
    public List<String> columns() {
        return reader.columns();
    }
}
