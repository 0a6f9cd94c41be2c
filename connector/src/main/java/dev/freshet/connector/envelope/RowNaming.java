package dev.freshet.connector.envelope;

import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Unknown;
import dev.freshet.rules.Fingerprint;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.EvaluationException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what the rows of one table are known by: the columns that the database sends of a row before and after every change
 * of it. A row without such a key, or with a NULL in it, is known by a digest of all its values: nothing of the row can be
 * read out of that.
 */
public final class RowNaming {
    private final TableId table;
    private final List<String> key;
    private final List<String> all;

    private RowNaming(Catalog.Table table, List<String> columns) {
        this.table = table.id();
        this.all = columns;
        this.key = all.containsAll(table.rowKey()) ? table.rowKey() : List.of();
    }

    /** Of rows that have these columns. */
    public static RowNaming of(Catalog.Table table, List<String> columns) {
        return new RowNaming(table, columns);
    }

    /** What the row is known by. */
    public RowId of(Row row) {
        List<String> parts = new ArrayList<>(key.size());
        for (String column : key) {
            Object value = value(row, column);
            if (value == null || value == Unknown.VALUE) {
                return new RowId(table, digest(row));
            }
            parts.add(text(value));
        }
        return parts.isEmpty() ? new RowId(table, digest(row)) : RowId.of(table, parts);
    }

    /** What an old row was known by; {@code now} where the database sent nothing of it, since then its key is the same. */
    public RowId of(Row old, RowId now) {
        List<String> telling = key.isEmpty() ? all : key;
        return telling.stream().allMatch(column -> value(old, column) == Unknown.VALUE) ? now : of(old);
    }

    private String digest(Row row) {
        List<String> texts = new ArrayList<>(all.size());
        for (String column : all) {
            Object value = value(row, column);
            texts.add(value == null ? "" : "=" + text(value));
        }
        return "#" + Fingerprint.of(texts).text();
    }

    /** A value that cannot be read names a row no better than one that was not sent. */
    private static @Nullable Object value(Row row, String column) {
        try {
            return row.get(column);
        } catch (EvaluationException e) {
            return Unknown.VALUE;
        }
    }

    private static String text(Object value) {
        return value instanceof ByteBuffer bytes ? HexFormat.of().formatHex(bytes(bytes)) : value.toString();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
