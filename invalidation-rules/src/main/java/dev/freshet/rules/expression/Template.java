package dev.freshet.rules.expression;

import dev.freshet.rules.Catalog;
import java.util.Optional;
import java.util.Set;

/** A name with holes: text stands as it is, {@code {expression}} is replaced. */
public interface Template {
    /**
     * The names it makes of a row: none where an expression is NULL or an empty list, one a list's element, every pair of two
     * lists.
     *
     * @throws EvaluationException as {@link Expression#evaluate}
     */
    Names render(Scope scope);

    /** Every column it reads. */
    Set<String> columns();

    /** It read backwards; {@code table} tells what integers and other kinds look like, empty: any text. */
    KeyPattern pattern(Optional<Catalog.Table> table);

    /** As the user wrote it. */
    String source();
}
