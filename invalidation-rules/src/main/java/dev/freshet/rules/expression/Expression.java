package dev.freshet.rules.expression;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled expression over one row: pure, without clock, its cost bounded by its size and the row's. */
public interface Expression {
    /**
     * Its value, one of those that {@link dev.freshet.change.Row} lists. {@link dev.freshet.change.Unknown#VALUE} where the
     * outcome hangs on a value that was not sent.
     *
     * @throws EvaluationException overflow, division by zero, an operand of a wrong type
     * @throws dev.freshet.change.NoSuchColumnException a column that the row does not have
     */
    @Nullable
    Object evaluate(Scope scope);

    /** Every column it may read, {@code row["x"]} included, and those of {@code before} and {@code after}. */
    Set<String> columns();

    /** Those of them that it reads of {@code before}. */
    Set<String> columnsBefore();

    /** Those that it reads of the row that a query found; none of {@link #columns}. */
    Set<String> columnsFound();

    /** The text it was compiled from. */
    String source();
}
