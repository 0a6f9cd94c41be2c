package dev.freshet.rules.expression;

import dev.freshet.rules.catalog.Catalog;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A name with holes: text stands as it is, {@code {expression}} is replaced, {@code {{} and {@code }}} are braces. */
public interface Template {
    /** Longest source, in chars. */
    int MAX_LENGTH = 8192;

    /** Compiles one template over a row; offsets of problems count from its own beginning. */
    static Compiled<Template> compile(String source) {
        return compile(source, View.ROW);
    }

    /** Compiles one template. */
    static Compiled<Template> compile(String source, View view) {
        return new TemplateText(source, view).compile();
    }

    /**
     * The names it makes of a row: none where an expression is NULL or an empty list, one a list's element, every pair of two
     * lists; none twice.
     *
     * @throws EvaluationException as {@link Expression#evaluate}; also for a name that is empty, and for more than 100,000 names
     */
    Names render(Scope scope);

    /** As {@link #render}, its values percent-encoded as segments of a path (RFC 3986, section 3.3). */
    Names renderUrl(Scope scope);

    /** As {@link #render}, for what is a value and not a name: it may be empty. */
    Names renderValue(Scope scope);

    /**
     * The names that {@link #render} makes where it knows them, each with the values that stand in it and their texts, in
     * the order of its expressions.
     */
    List<Filled> fill(Scope scope);

    /** One name and the values in it; none of them is NULL or a list. */
    record Filled(String name, List<Object> values, List<String> texts) {}

    /** Every column it reads, as {@link Expression#columns}. */
    Set<String> columns();

    /** Those of them that it reads of {@code before}. */
    Set<String> columnsBefore();

    /** Those that it reads of the row that a query found; none of {@link #columns}. */
    Set<String> columnsFound();

    /** It read backwards; {@code table} tells what integers and other kinds look like, empty: any text. */
    KeyPattern pattern(Optional<Catalog.Table> table);

    /** Whether it has no expression at all: one name, whatever the row. */
    boolean isConstant();

    /** Whether its names begin with a text of their own, and so can be told from others. */
    boolean beginsWithText();

    /** Its literal texts and expressions in turn, empty texts left out. */
    List<Part> parts();

    /** As the user wrote it. */
    String source();

    /** A piece of a template. */
    sealed interface Part {}

    /** Text that stands as it is, braces already single. */
    record Literal(String text) implements Part {}

    /**
     * What is replaced.
     *
     * @param offset where the expression begins, in chars of the source
     * @param expression as written
     */
    record Hole(int offset, String expression) implements Part {}
}
