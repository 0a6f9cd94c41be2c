package dev.freshet.connector.query;

import java.util.Optional;

/**
 * Something that only the database can tell of a rule's query.
 *
 * @param path where the query stands, such as {@code rules.product.put[0].query}
 * @param message what it is
 * @param place where it stands, as file:line:column; empty where nobody has looked it up
 * @param code of the warning, as {@code allow} names it; empty: the query cannot be asked at all
 */
public record QueryFinding(String path, Optional<String> code, String message, Optional<String> place) {
    QueryFinding(String path, Optional<String> code, String message) {
        this(path, code, message, Optional.empty());
    }

    /** The same where it stands. */
    public QueryFinding at(String place) {
        return new QueryFinding(path, code, message, Optional.of(place));
    }

    /** Whether rules with it can be run. */
    public boolean isWarning() {
        return code.isPresent();
    }

    @Override
    public String toString() {
        return place.map(where -> where + " ").orElse("") + path + ": " + message
                + code.map(text -> " (" + text + ")").orElse("");
    }
}
