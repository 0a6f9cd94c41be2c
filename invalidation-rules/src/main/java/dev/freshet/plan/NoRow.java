package dev.freshet.plan;

import dev.freshet.change.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The row of a truncate: every column is NULL, and none is listed. */
enum NoRow implements Row {
    INSTANCE;

    @Override
    public @Nullable Object get(String column) {
        return null;
    }

    @Override
    public List<String> columns() {
        return List.of();
    }
}
