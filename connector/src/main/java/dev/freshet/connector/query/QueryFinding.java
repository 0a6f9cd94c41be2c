package dev.freshet.connector.query;

import java.util.Optional;

/**
 * Something that only the database can tell of a rule's query.
 *
 * @param path where the query stands, such as {@code rules.product.put[0].query}
 * @param code of the warning, as {@code allow} names it; empty: the query cannot be asked at all
 */
public record QueryFinding(String path, Optional<String> code, String message) {
    /** Whether rules with it can be run. */
    public boolean isWarning() {
        return code.isPresent();
    }

    @Override
    public String toString() {
        return path + ": " + message + code.map(text -> " (" + text + ")").orElse("");
    }
}
