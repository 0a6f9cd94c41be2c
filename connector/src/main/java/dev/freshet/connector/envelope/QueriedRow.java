package dev.freshet.connector.envelope;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.core.TypeInfo;
import org.postgresql.jdbc.PgConnection;

/** A row that a query returned, with the values that the log would have brought. */
public final class QueriedRow implements Row {
    /** What a short value takes, with its place. */
    private static final long EACH = 64;

    private final Map<String, Value> values;

    private record Value(Column column, @Nullable Object sent) {}

    private QueriedRow(Map<String, Value> values) {
        this.values = values;
    }

    /** The row on which the result stands. */
    public static QueriedRow of(ResultSet result) throws SQLException {
        return reader(result, 0).read();
    }

    /** Reads the rows of a result without its first columns. */
    public static Reader reader(ResultSet result, int without) throws SQLException {
        TypeInfo types =
                result.getStatement().getConnection().unwrap(PgConnection.class).getTypeInfo();
        ResultSetMetaData meta = result.getMetaData();
        List<Place> places = new ArrayList<>();
        for (int i = without + 1; i <= meta.getColumnCount(); i++) {
            String type = meta.getColumnTypeName(i);
            int oid = types.getPGType(type);
            ColumnType of = ColumnType.of(oid, type, meta.getColumnType(i));
            places.add(new Place(i, oid, of, new Column(meta.getColumnName(i), ColumnReaders.of(of))));
        }
        return new Reader(result, places);
    }

    /** A column of a result. */
    private record Place(int index, int oid, ColumnType type, Column column) {}

    /** Of one result. */
    public static final class Reader {
        private final ResultSet result;
        private final List<Place> places;

        private Reader(ResultSet result, List<Place> places) {
            this.result = result;
            this.places = places;
        }

        /** The row on which the result stands. */
        public QueriedRow read() throws SQLException {
            Map<String, Value> values = new LinkedHashMap<>();
            for (Place place : places) {
                Object given = given(result, place.index(), place.oid());
                values.put(
                        place.column().name(),
                        new Value(place.column(), given == null ? null : SentValue.of(place.type(), given)));
            }
            return new QueriedRow(values);
        }
    }

    /** What Debezium takes of a row in a snapshot. */
    private static @Nullable Object given(ResultSet result, int index, int oid) throws SQLException {
        return switch (oid) {
            case Oid.NUMERIC, Oid.MONEY, Oid.TIME, Oid.TIMETZ, Oid.BIT, Oid.VARBIT -> result.getString(index);
            default -> result.getObject(index);
        };
    }

    /** This row, with the columns of another one in place of its own. */
    public QueriedRow with(QueriedRow others) {
        Map<String, Value> changed = new LinkedHashMap<>(values);
        changed.putAll(others.values);
        return new QueriedRow(changed);
    }

    /** About how much memory it takes. */
    public long bytes() {
        long bytes = 0;
        for (Value value : values.values()) {
            bytes += EACH + bytes(value.sent());
        }
        return bytes;
    }

    private static long bytes(@Nullable Object sent) {
        return switch (sent) {
            case String text -> text.length();
            case ByteBuffer buffer -> buffer.remaining();
            case List<?> list ->
                list.stream().mapToLong(each -> EACH + bytes(each)).sum();
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .mapToLong(each -> 2 * EACH + bytes(each.getKey()) + bytes(each.getValue()))
                        .sum();
            case null, default -> 0;
        };
    }

    @Override
    public @Nullable Object get(String column) {
        Value value = values.get(column);
        if (value == null) {
            throw new NoSuchColumnException(column, values.keySet());
        }
        return value.column().read(value.sent());
    }

    @Override
    public List<String> columns() {
        return List.copyOf(values.keySet());
    }
}
