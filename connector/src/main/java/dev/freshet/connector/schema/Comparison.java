package dev.freshet.connector.schema;

import dev.freshet.change.TableId;
import dev.freshet.connector.backfill.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What was found when schemas were compared with those of before.
 *
 * @param gap why changes may have been missed or cannot be read; empty where none were
 * @param anew why the tables have to be read anew, though no change was missed; empty where that is not so
 * @param notices what is read beside the log instead
 */
public record Comparison(Optional<String> gap, Optional<String> anew, List<Notice.Altered> notices) {
    public Comparison {
        notices = List.copyOf(notices);
    }

    /** Of the tables that are followed now with those that were. */
    public static Comparison of(Map<TableId, Schema> before, Map<TableId, Seen> now, Rereading rereading) {
        List<String> gaps = new ArrayList<>();
        List<String> anew = new ArrayList<>();
        List<Notice.Altered> notices = new ArrayList<>();
        for (TableId table : new TreeSet<>(before.keySet())) {
            if (!now.containsKey(table)) {
                anew.add("table " + table + " is gone");
            }
        }
        for (Map.Entry<TableId, Seen> each : new TreeMap<>(now).entrySet()) {
            TableId table = each.getKey();
            switch (Alteration.of(Optional.ofNullable(before.get(table)), each.getValue())) {
                case Alteration.None none -> {}
                case Alteration.OfIdentity other ->
                    gaps.add("table " + table + " has another replica identity or key than before");
                case Alteration.OfColumns other ->
                    anew.add("table " + table + " has a column with another name or type than before");
                case Alteration.OfRows rows ->
                    rereading
                            .after(UUID.randomUUID().toString(), table, rows)
                            .ifPresentOrElse(
                                    notices::add,
                                    () -> anew.add("table " + table
                                            + " was altered, and has no unique key without NULLs to read it again by, or another"
                                            + " one that is read with it has none"));
            }
        }
        return new Comparison(first(gaps), first(anew), notices);
    }

    private static Optional<String> first(List<String> reasons) {
        return reasons.stream().findFirst();
    }
}
