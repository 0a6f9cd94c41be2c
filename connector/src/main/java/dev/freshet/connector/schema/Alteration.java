package dev.freshet.connector.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** A column has another name or type: what was made of it before looks otherwise than what is made of it now. */
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
        if (areOthers(old, now)) {
            return new OfColumns();
        }
        if (!old.publication().equals(now.publication())
                || !old.persistence().equals(now.persistence())
                || !now.partitions().containsAll(old.partitions())
                || isRewritten(old, now)) {
            return new OfRows("", true);
        }
        if (!numbers(now).equals(numbers(old))) {
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

    private static boolean areOthers(Schema old, Schema now) {
        Map<Integer, Schema.Column> byNumber =
                old.columns().stream().collect(Collectors.toMap(Schema.Column::number, column -> column));
        Map<String, Schema.Column> byName = byName(old);
        return now.columns().stream().anyMatch(after -> {
            Schema.Column same = byNumber.getOrDefault(after.number(), after);
            Schema.Column like = byName.getOrDefault(after.name(), after);
            return !same.name().equals(after.name())
                    || !like.type().equals(after.type())
                    || !like.generated().equals(after.generated());
        });
    }

    /**
     * A new place of the rows together with a touched column: {@code ALTER COLUMN ... TYPE ... USING}. Each alone is
     * harmless: {@code VACUUM FULL} and {@code TRUNCATE}, {@code SET NOT NULL} and {@code SET STATISTICS}. A column with the
     * name of one that was dropped is another one.
     */
    private static boolean isRewritten(Schema old, Schema now) {
        boolean isMoved = !old.files().equals(now.files());
        Map<String, Schema.Column> before = byName(old);
        return now.columns().stream().anyMatch(after -> {
            Schema.Column like = before.getOrDefault(after.name(), after);
            boolean isTouched = !like.mark().equals(after.mark());
            boolean isVirtual = !like.generated().isEmpty();
            return like.number() != after.number()
                    || (isTouched && (isMoved || isVirtual))
                    || !after.labels().containsAll(like.labels());
        });
    }

    private static Map<String, Schema.Column> byName(Schema schema) {
        return schema.columns().stream().collect(Collectors.toMap(Schema.Column::name, column -> column));
    }

    private static List<Integer> numbers(Schema schema) {
        return schema.columns().stream().map(Schema.Column::number).toList();
    }
}
