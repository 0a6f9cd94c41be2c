package dev.freshet.rules.expression;

import java.util.Optional;

/**
 * What a text may speak of.
 *
 * @param event whether it sees {@code before}, {@code after} and {@code change} as well as the row
 * @param variable the name of a row that a query found for this one; its columns are not known beforehand
 */
public record View(boolean event, Optional<String> variable) {
    /** One row, so that what it says can be told again from the row alone. */
    public static final View ROW = new View(false, Optional.empty());

    /** The row, and the event as well. */
    public static final View EVENT = new View(true, Optional.empty());

    /** The same with the event. */
    public View ofEvent() {
        return new View(true, variable);
    }

    /** The same with a row that a query found. */
    public View with(String name) {
        return new View(event, Optional.of(name));
    }

    boolean isVariable(String name) {
        return variable.isPresent() && variable.get().equals(name);
    }
}
