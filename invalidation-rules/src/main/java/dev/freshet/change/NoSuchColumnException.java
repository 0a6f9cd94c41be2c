package dev.freshet.change;

/** A rule reads a column that the row does not have: the table changed, or the rule was loaded without a catalogue. */
public final class NoSuchColumnException extends RuntimeException {
    public NoSuchColumnException(String column, Iterable<String> present) {
        super("no column '" + column + "'; the row has " + String.join(", ", present));
    }
}
