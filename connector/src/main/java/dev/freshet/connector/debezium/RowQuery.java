package dev.freshet.connector.debezium;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.rules.catalog.Catalog.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads single rows by SQL, with the values that the log would have brought. */
final class RowQuery {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private RowQuery() {}

    /** The row whose first unique key has these values, as texts. */
    static Optional<Map<String, @Nullable Object>> byKey(Connection connection, Table table, List<String> key)
            throws SQLException {
        List<String> columns = table.uniqueKeys().getFirst();
        String where = columns.stream()
                .map(column -> Publication.quoted(column) + "::text = ?")
                .collect(Collectors.joining(" and "));
        String from = Publication.quoted(table.id().schema()) + "."
                + Publication.quoted(table.id().name());
        if (columns.size() != key.size()) {
            return Optional.empty();
        }
        try (PreparedStatement query = connection.prepareStatement("select * from " + from + " where " + where)) {
            for (int i = 0; i < key.size(); i++) {
                query.setString(i + 1, key.get(i));
            }
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(values(row)) : Optional.empty();
            }
        }
    }

    /** Texts as the columns' types read them. */
    static Map<String, @Nullable Object> typed(Connection connection, Table table, Map<String, @Nullable Object> texts)
            throws SQLException {
        String casts = texts.keySet().stream()
                .map(name -> "?::text::" + table.column(name).orElseThrow().type() + " as " + Publication.quoted(name))
                .collect(Collectors.joining(", "));
        try (PreparedStatement query = connection.prepareStatement("select " + casts)) {
            int index = 1;
            for (Object text : texts.values()) {
                query.setString(index++, text == null ? null : text.toString());
            }
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return values(row);
            }
        }
    }

    private static Map<String, @Nullable Object> values(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            values.put(row.getMetaData().getColumnName(i), value(row, i));
        }
        return values;
    }

    private static @Nullable Object value(ResultSet row, int index) throws SQLException {
        String type = row.getMetaData().getColumnTypeName(index);
        return switch (type) {
            case "date" -> row.getObject(index, LocalDate.class);
            case "time" -> row.getObject(index, LocalTime.class);
            case "timestamp" -> row.getObject(index, LocalDateTime.class);
            case "timestamptz" -> {
                OffsetDateTime moment = row.getObject(index, OffsetDateTime.class);
                yield moment == null ? null : moment.toInstant();
            }
            case "json", "jsonb" -> json(row.getString(index));
            case "int2", "int4", "int8", "oid", "serial", "bigserial", "smallserial" -> {
                long number = row.getLong(index);
                yield row.wasNull() ? null : number;
            }
            default -> plain(row.getObject(index));
        };
    }

    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Short number -> number.longValue();
            case Integer number -> number.longValue();
            case Float number -> Double.valueOf(number.toString());
            case Boolean bool -> bool;
            case Long number -> number;
            case Double number -> number;
            case BigDecimal number -> number;
            case java.util.UUID uuid -> uuid;
            case byte[] bytes -> ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            case Array array -> {
                List<@Nullable Object> elements = new ArrayList<>();
                for (Object each : (Object[]) array.getArray()) {
                    elements.add(plain(each));
                }
                yield elements;
            }
            default -> value.toString();
        };
    }

    private static @Nullable Object json(@Nullable String text) throws SQLException {
        try {
            return text == null ? null : JSON.readValue(text, Object.class);
        } catch (IOException e) {
            throw new SQLException("a JSON column that is not JSON", e);
        }
    }
}
