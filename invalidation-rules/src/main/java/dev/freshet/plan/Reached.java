package dev.freshet.plan;

import dev.freshet.change.TableId;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The tables whose rows have to be read where one of them was altered.
 *
 * @param itself whether those of its own rows that are other ones
 * @param whole all rows of these
 */
public record Reached(boolean itself, SortedSet<TableId> whole) {
    /** Both together. */
    public SortedSet<TableId> all(TableId altered) {
        SortedSet<TableId> all = new TreeSet<>(whole);
        if (itself) {
            all.add(altered);
        }
        return all;
    }
}
