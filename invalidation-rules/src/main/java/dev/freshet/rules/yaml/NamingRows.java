package dev.freshet.rules.yaml;

import dev.freshet.rules.TableSelector;
import java.util.List;

/**
 * The rows that name what one rule acts on.
 *
 * @param areFound whether a query finds them, so that a column under one name has the values of a column under another
 */
record NamingRows(List<TableSelector> tables, boolean areFound) {
    boolean shareTableWith(NamingRows others) {
        return tables.stream().anyMatch(mine -> others.tables.stream().anyMatch(mine::overlaps));
    }
}
