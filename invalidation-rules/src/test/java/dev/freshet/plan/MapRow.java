package dev.freshet.plan;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of given values. */
record MapRow(Map<String, @Nullable Object> values) implements Row {
    /** {@code columnsAndValues}: a name, its value, the next name, and so on. */
    static MapRow of(@Nullable Object... columnsAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            values.put(String.valueOf(columnsAndValues[i]), columnsAndValues[i + 1]);
        }
        return new MapRow(values);
    }

    MapRow with(String column, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
        changed.put(column, value);
        return new MapRow(changed);
    }

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
