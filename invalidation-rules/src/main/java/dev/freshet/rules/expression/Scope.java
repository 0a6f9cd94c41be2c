package dev.freshet.rules.expression;

import dev.freshet.change.Row;
import dev.freshet.change.TableId;

/**
 * What an expression may see.
 *
 * @param table the row's table, {@code table} in an expression
 * @param row {@code row} in an expression, its columns under their own names
 */
public record Scope(TableId table, Row row) {}
