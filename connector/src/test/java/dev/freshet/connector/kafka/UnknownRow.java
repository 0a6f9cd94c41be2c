package dev.freshet.connector.kafka;

import dev.freshet.change.Row;
import dev.freshet.change.Unknown;
import java.util.List;

/** A row of which nothing is known. */
public record UnknownRow() implements Row {
    @Override
    public Object get(String column) {
        return Unknown.VALUE;
    }

    @Override
    public List<String> columns() {
        return List.of();
    }
}
