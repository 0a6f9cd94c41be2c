package dev.freshet.rules;

import dev.freshet.rules.expression.Query;
import java.util.Set;

/**
 * What a rule does once for each row that a query finds.
 *
 * @param variable under which the rule's texts see such a row
 * @param columns that they read of it
 */
public record ForEach(String variable, Query query, Set<String> columns) {
    public ForEach {
        columns = Set.copyOf(columns);
    }

    /** The same where the rule's texts read these columns. */
    public ForEach reading(Set<String> read) {
        return new ForEach(variable, query, read);
    }
}
