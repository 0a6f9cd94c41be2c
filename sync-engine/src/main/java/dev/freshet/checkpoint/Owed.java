package dev.freshet.checkpoint;

import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is still to be swept, of entries that no row backs any more.
 *
 * @param everything of earlier epochs
 * @param tables and from where on their entries are newer than the sweep
 */
public record Owed(boolean everything, SortedMap<TableId, Version> tables) {
    public static final Owed NOTHING = new Owed(false, new TreeMap<>());
    public static final Owed EVERYTHING = new Owed(true, new TreeMap<>());

    public Owed {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** With a table more, or from another place on. */
    public Owed and(TableId table, Version since) {
        SortedMap<TableId, Version> more = new TreeMap<>(tables);
        more.putAll(Map.of(table, since));
        return new Owed(everything, more);
    }

    public boolean isNothing() {
        return equals(NOTHING);
    }
}
