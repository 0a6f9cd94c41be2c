package dev.freshet.connector.kafka.record;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.Catalog.OldRow;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of an old row are known. Debezium does not say what the database left out: it puts NULL there, or, where
 * the column allows none, its default or a zero.
 *
 * <p>Of an old row that was sent, what the catalogue says is known, and from a binary log everything. Where the catalogue
 * has no such table, PostgreSQL's old row is known whole if one column outside the record's key has a value that Debezium
 * would not have put there by itself; else the key alone is. That can be told with schemas only, which have the defaults.
 *
 * <p>Where no old row was sent, it has the columns of the replica identity in common with the new one, since PostgreSQL
 * sends those whenever one of them changes; without a catalogue that is the key. A flattened record leaves the old row out, sent
 * or not. What remains is that Debezium makes two records of an update that changes the record's key.
 */
final class OldColumns {
    /** Dates, times and intervals among them. */
    private static final Pattern ZERO =
            Pattern.compile("|\\{}|0(\\.0*)?|1970-01-01(Z|T00:00:00.*)?|00:00(:00)?.*|P0Y0M0DT0H0M0S|PT0S");

    private OldColumns() {}

    /**
     * Those of an update or a delete.
     *
     * @param key the columns of the record's key
     */
    static OldRow known(Envelope envelope, Connector connector, Optional<Catalog.Table> table, List<String> key) {
        Structure before = envelope.before();
        return switch (envelope.kind()) {
            case KEY_ALONE -> new OldRow.Only(key);
            case FLATTENED ->
                before == null ? new OldRow.Only(unchanged(table, key)) : sent(before, connector, table, key);
            case FULL -> before == null ? inCommon(table, key) : sent(before, connector, table, key);
        };
    }

    private static OldRow sent(Structure before, Connector connector, Optional<Catalog.Table> table, List<String> key) {
        if (table.isPresent()) {
            return table.get().oldRow();
        }
        return connector == Connector.BINLOG || isWhole(before, key) ? new OldRow.Everything() : new OldRow.Only(key);
    }

    private static OldRow inCommon(Optional<Catalog.Table> table, List<String> key) {
        return table.isPresent() && table.get().oldRow() instanceof OldRow.Only only ? only : new OldRow.Only(key);
    }

    private static List<String> unchanged(Optional<Catalog.Table> table, List<String> key) {
        return table.isPresent() && table.get().oldRow() instanceof OldRow.Only(List<String> identity)
                ? key.stream().filter(identity::contains).toList()
                : key;
    }

    private static boolean isWhole(Structure before, List<String> key) {
        return before instanceof Structure.WithSchema(var struct)
                && struct.schema().fields().stream()
                        .filter(field -> !field.name().startsWith(Added.PREFIX) && !key.contains(field.name()))
                        .anyMatch(field -> tells(before.get(field.name()), field.schema()));
    }

    private static boolean tells(@Nullable Object value, Schema schema) {
        return value != null && !value.equals(schema.defaultValue()) && !isZero(value);
    }

    private static boolean isZero(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal.signum() == 0;
            case Number number -> number.doubleValue() == 0;
            case Boolean truth -> !truth;
            case String text -> ZERO.matcher(text).matches();
            case Collection<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case byte[] bytes -> bytes.length == 0;
            case ByteBuffer bytes -> !bytes.hasRemaining();
            // A point, a decimal of any scale, one of Connect's dates: not worth a look.
            default -> true;
        };
    }
}
