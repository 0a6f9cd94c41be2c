package dev.freshet.connector.envelope;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.Catalog.OldRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Reads the envelopes of one table, as long as its schema stays. */
final class TableReader {
    private final TableId table;
    private final Schema envelope;
    private final Field before;
    private final Field after;
    private final RowReader<Struct> rows;
    private final OldRow oldRow;
    private final RowNaming naming;
    private final Set<String> sentOfOldRow;

    TableReader(Catalog.Table table, Schema envelope) {
        this.table = table.id();
        this.envelope = envelope;
        this.before = envelope.field("before");
        this.after = envelope.field("after");
        this.rows = RowReader.of(after.schema());
        this.oldRow = table.oldRow();
        this.naming = RowNaming.of(table, rows.columns());
        this.sentOfOldRow =
                table.oldRow() instanceof OldRow.Only(List<String> columns) ? Set.copyOf(columns) : Set.of();
    }

    /** Whether records of this very schema can be read; the server describes a table anew when it was altered. */
    @SuppressWarnings("ReferenceEquality") // an equal schema may be that of another description
    boolean reads(Schema schema) {
        return schema == envelope;
    }

    Change read(Struct value, String operation, Version version, Instant committedAt) {
        Struct newImage = (Struct) value.get(after);
        Struct oldImage = (Struct) value.get(before);
        return switch (operation) {
            case "c" -> {
                Row row = newRow(newImage, null);
                yield new Change.Insert(table, naming.of(row), version, committedAt, row);
            }
            case "r" -> {
                Row row = newRow(newImage, null);
                yield new Change.Snapshot(table, naming.of(row), version, committedAt, row);
            }
            case "u" -> {
                Row row = newRow(newImage, oldImage);
                Row old = oldRow(oldImage, newImage);
                RowId now = naming.of(row);
                yield new Change.Update(table, naming.of(old, now), now, version, committedAt, old, row);
            }
            case "d" -> {
                Row row = oldRow(oldImage, oldImage);
                yield new Change.Delete(table, naming.of(row), version, committedAt, row);
            }
            default -> throw new IllegalArgumentException("an envelope of operation '" + operation + "'");
        };
    }

    private Row newRow(Struct newImage, @Nullable Struct oldImage) {
        return new WholeRow<>(rows, newImage, oldRow instanceof OldRow.Everything ? oldImage : null);
    }

    /** An update that left the identity alone sends no old image; the identity's columns are then those of the new one. */
    private Row oldRow(@Nullable Struct oldImage, Struct newImage) {
        return switch (oldRow) {
            case OldRow.Everything() when oldImage != null -> new WholeRow<>(rows, oldImage, null);
            case OldRow.Everything() -> new PartialRow<>(rows, newImage, Set.of());
            case OldRow.Only only -> new PartialRow<>(rows, oldImage == null ? newImage : oldImage, sentOfOldRow);
        };
    }
}
