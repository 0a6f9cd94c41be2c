package dev.freshet.rules.expression;

import java.util.List;

/** The names a template makes from one row. */
public sealed interface Names {
    /** Possibly none (a NULL in it), possibly many (a list in it). */
    record Known(List<String> all) implements Names {}

    /**
     * The row lacks a value that the template needs.
     *
     * @param column the column that was not sent
     */
    record NotKnown(String column) implements Names {}
}
