package dev.freshet.connector.envelope;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.rules.catalog.Catalog.OldRow;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Reads the envelopes of one table, as long as its schema stays. */
final class TableReader {
    private final TableId table;
    private final Field before;
    private final Field after;
    private final RowReader rows;
    private final OldRow oldRow;
    private final List<String> key;
    private final Set<String> sentOfOldRow;

    /** {@code keySchema} is null for a table without a key: its rows are then known by all their values. */
    TableReader(TableId table, @Nullable Schema keySchema, Schema envelope, OldRow oldRow) {
        this.table = table;
        this.before = envelope.field("before");
        this.after = envelope.field("after");
        this.rows = new RowReader(after.schema());
        this.oldRow = oldRow;
        this.key = keySchema == null
                ? rows.columns()
                : keySchema.fields().stream().map(Field::name).toList();
        this.sentOfOldRow = new HashSet<>(key);
        if (oldRow instanceof OldRow.Only(List<String> columns)) {
            sentOfOldRow.addAll(columns);
        }
    }

    Change read(Struct value, String operation, Version version, Instant committedAt) {
        Struct newImage = (Struct) value.get(after);
        Struct oldImage = (Struct) value.get(before);
        return switch (operation) {
            case "c" -> {
                Row row = newRow(newImage, null);
                yield new Change.Insert(table, id(row), version, committedAt, row);
            }
            case "r" -> {
                Row row = newRow(newImage, null);
                yield new Change.Snapshot(table, id(row), version, committedAt, row);
            }
            case "u" -> {
                Row row = newRow(newImage, oldImage);
                yield new Change.Update(table, id(row), version, committedAt, oldRow(oldImage, newImage), row);
            }
            case "d" -> {
                Row row = oldRow(oldImage, oldImage);
                yield new Change.Delete(table, id(row), version, committedAt, row);
            }
            default -> throw new IllegalArgumentException("an envelope of operation '" + operation + "'");
        };
    }

    private Row newRow(Struct newImage, @Nullable Struct oldImage) {
        return new StructRow(rows, newImage, oldRow instanceof OldRow.Everything ? oldImage : null);
    }

    /** An update that left the identity alone sends no old image; the identity's columns are then those of the new one. */
    private Row oldRow(@Nullable Struct oldImage, Struct newImage) {
        return switch (oldRow) {
            case OldRow.Everything() when oldImage != null -> new StructRow(rows, oldImage, null);
            case OldRow.Everything() -> new PartialRow(rows, newImage, Set.of());
            case OldRow.Only only -> new PartialRow(rows, oldImage == null ? newImage : oldImage, sentOfOldRow);
        };
    }

    private RowId id(Row row) {
        if (key.size() == 1) {
            return new RowId(table, String.valueOf(row.get(key.getFirst())));
        }
        StringJoiner text = new StringJoiner(",");
        for (String column : key) {
            text.add(String.valueOf(row.get(column)));
        }
        return new RowId(table, text.toString());
    }
}
