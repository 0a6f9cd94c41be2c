package dev.freshet.rules.expression;

import java.util.Optional;

/**
 * What a text may speak of.
 *
 * @param event whether it sees {@code before}, {@code after} and {@code change} as well as the row
 * @param variable the name of a row that a query found for this one; its columns are not known beforehand
 * @param keys those that its functions take
 * @param isValue whether it is a value, which may be another text each time it is made
 */
public record View(boolean event, Optional<String> variable, Keys keys, boolean isValue) {
    /** One row, so that what it says can be told again from the row alone. */
    public static final View ROW = new View(false, Optional.empty(), Keys.NONE, false);

    /** The row, and the event as well. */
    public static final View EVENT = ROW.ofEvent();

    /** The same with the event. */
    public View ofEvent() {
        return new View(true, variable, keys, isValue);
    }

    /** The same with a row that a query found. */
    public View with(String name) {
        return new View(event, Optional.of(name), keys, isValue);
    }

    /** The same with keys. */
    public View withKeys(Keys given) {
        return new View(event, variable, given, isValue);
    }

    /** The same for a value. */
    public View ofValue() {
        return new View(event, variable, keys, true);
    }

    boolean isVariable(String name) {
        return variable.isPresent() && variable.get().equals(name);
    }
}
