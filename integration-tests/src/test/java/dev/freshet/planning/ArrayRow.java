package dev.freshet.planning;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import java.util.List;
import java.util.Map;

/** Values by position, found by name as a row of the log finds them. */
final class ArrayRow implements Row {
    private final List<String> columns;
    private final Map<String, Integer> places;
    private final Object[] values;

    ArrayRow(List<String> columns, Map<String, Integer> places, Object... values) {
        this.columns = columns;
        this.places = places;
        this.values = values;
    }

    @Override
    public Object get(String column) {
        Integer place = places.get(column);
        if (place == null) {
            throw new NoSuchColumnException(column, columns);
        }
        return values[place];
    }

    @Override
    public List<String> columns() {
        return columns;
    }
}
