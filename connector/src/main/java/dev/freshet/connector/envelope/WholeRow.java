package dev.freshet.connector.envelope;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.Unknown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole row image, read in place. An unchanged TOAST value is filled from the old image where that was sent.
 *
 * @param <I> an image
 */
public final class WholeRow<I> implements Row {
    private final RowReader<I> reader;
    private final I image;
    private final @Nullable I older;

    public WholeRow(RowReader<I> reader, I image, @Nullable I older) {
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
