package dev.freshet.connector.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of a table between two looks, as far as no change of a row tells it. */
public sealed interface Alteration {
    /** Nothing. */
    record None() implements Alteration {}

    /**
     * Its rows are other ones.
     *
     * @param where which of those that are there now, as SQL; empty for all
     * @param mayBeGone whether some of before may be gone, or have had other keys
     */
    record OfRows(String where, boolean mayBeGone) implements Alteration {}

    /** Its columns are others: names that were made of its rows before look otherwise than those that are made now. */
    record OfColumns() implements Alteration {}

    /** What is known of its log cannot be read any more: it was written under another replica identity or key. */
    record OfIdentity() implements Alteration {}

    /** Where nothing is known of before, its rows may be any. */
    static Alteration of(Optional<Schema> before, Seen seen) {
        Schema now = seen.schema();
        if (before.isEmpty()) {
            return new OfRows("", true);
        }
        Schema old = before.get();
        if (!old.identity().equals(now.identity())) {
            return new OfIdentity();
        }
        if (!begins(now.columns(), old.columns())) {
            return new OfColumns();
        }
        if (!old.publication().equals(now.publication())
                || !old.persistence().equals(now.persistence())
                || !now.partitions().containsAll(old.partitions())
                || isRewritten(old, now)) {
            return new OfRows("", true);
        }
        if (now.columns().size() > old.columns().size()) {
            return new OfRows("", false);
        }
        List<String> more = new ArrayList<>(now.partitions());
        more.removeAll(old.partitions());
        String where = more.stream()
                .map(seen.bounds()::get)
                .filter(Objects::nonNull)
                .map(bound -> "(" + bound + ")")
                .collect(Collectors.joining(" or "));
        return where.isEmpty() ? new None() : new OfRows(where, false);
    }

    /** Whether columns were added at most: what one is called and what it holds counts. */
    private static boolean begins(List<Schema.Column> now, List<Schema.Column> old) {
        return now.size() >= old.size()
                && now.subList(0, old.size()).stream()
                        .map(Alteration::look)
                        .toList()
                        .equals(old.stream().map(Alteration::look).toList());
    }

    private static List<Object> look(Schema.Column column) {
        return List.of(column.number(), column.name(), column.type(), column.generated());
    }

    /**
     * A new place of the rows together with a touched column: {@code ALTER COLUMN ... TYPE ... USING}. Each alone is
     * harmless: {@code VACUUM FULL} and {@code TRUNCATE}, {@code SET NOT NULL} and {@code SET STATISTICS}.
     */
    private static boolean isRewritten(Schema old, Schema now) {
        boolean isMoved = !old.files().equals(now.files());
        for (int i = 0; i < old.columns().size(); i++) {
            Schema.Column before = old.columns().get(i);
            Schema.Column after = now.columns().get(i);
            boolean isTouched = !before.mark().equals(after.mark());
            boolean isVirtual = !before.generated().isEmpty();
            if ((isTouched && (isMoved || isVirtual)) || !after.labels().containsAll(before.labels())) {
                return true;
            }
        }
        return false;
    }
}
