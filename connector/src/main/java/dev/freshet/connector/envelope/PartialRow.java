package dev.freshet.connector.envelope;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.Unknown;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An old row of which the database sends only the replica identity; the rest is not known.
 *
 * @param <I> an image
 */
public final class PartialRow<I> implements Row {
    private final RowReader<I> reader;
    private final I image;
    private final Set<String> sent;

    public PartialRow(RowReader<I> reader, I image, Set<String> sent) {
        this.reader = reader;
        this.image = image;
        this.sent = sent;
    }

    @Override
    public @Nullable Object get(String column) {
        int index = reader.index(column);
        if (index < 0) {
            throw new NoSuchColumnException(column, columns());
        }
        return sent.contains(column) ? reader.read(image, index) : Unknown.VALUE;
    }

    @Override
    public List<String> columns() {
        return reader.columns();
    }
}
