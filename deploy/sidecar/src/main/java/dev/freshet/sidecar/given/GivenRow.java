package dev.freshet.sidecar.given;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of values that a user gave. */
public record GivenRow(Map<String, @Nullable Object> values) implements Row {
    @Override
    public @Nullable Object get(String column) {
        if (!values.containsKey(column)) {
            throw new NoSuchColumnException(column, values.keySet());
        }
        return values.get(column);
    }

    @Override
    public List<String> columns() {
        return List.copyOf(values.keySet());
    }
}
