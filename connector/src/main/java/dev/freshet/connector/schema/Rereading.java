package dev.freshet.connector.schema;

import dev.freshet.change.TableId;
import dev.freshet.connector.backfill.Condition;
import dev.freshet.connector.backfill.Notice;
import dev.freshet.plan.Reached;
import dev.freshet.rules.catalog.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what has to be read where a table was altered.
 *
 * @param reach by the rules
 * @param readable the tables whose rows are read at all; entries of others go instead, and come back with their rows' changes
 * @param catalog says which of them have a key to read them by
 */
public record Rereading(Reach reach, Set<TableId> readable, Catalog catalog) {
    /** As {@link dev.freshet.plan.Planner#reach}. */
    @FunctionalInterface
    public interface Reach {
        Reached of(TableId altered, boolean rowsMayBeGone);
    }

    /** Empty where it cannot be read beside the log, for want of a key. */
    Optional<Notice.Altered> after(String id, TableId table, Alteration.OfRows alteration) {
        boolean gone = alteration.mayBeGone()
                || !readable.containsAll(reach.of(table, false).all(table));
        Reached reached = reach.of(table, gone);
        List<Notice.Read> reads = new ArrayList<>();
        for (TableId each : reached.all(table)) {
            if (readable.contains(each)) {
                boolean isPart = each.equals(table) && !reached.whole().contains(table);
                reads.add(new Notice.Read(each, isPart ? new Condition(alteration.where()) : Condition.ALL_ROWS));
            }
        }
        boolean canBeRead = reads.stream()
                .allMatch(read -> catalog.table(read.table())
                        .filter(known -> !known.orderingKey().isEmpty())
                        .isPresent());
        return canBeRead ? Optional.of(new Notice.Altered(id, table, gone, reads)) : Optional.empty();
    }
}
