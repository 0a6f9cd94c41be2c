package dev.freshet.rules.expression;

/** How much of a change a text may speak of. */
public enum View {
    /** One row, so that what it says can be told again from the row alone. */
    ROW,
    /** The row, and {@code before}, {@code after} and {@code change} as well. */
    EVENT
}
