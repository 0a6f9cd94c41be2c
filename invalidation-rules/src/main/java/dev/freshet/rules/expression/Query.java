package dev.freshet.rules.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One {@code select} of a rule. What stands in it as {@code {expression}} is a parameter: bound, never part of the text. Equal
 * where the sources are.
 */
public final class Query {
    private final String source;
    private final List<Piece> pieces;
    private final List<CompiledExpression> parameters;
    private final List<Quoted> quoted;

    Query(String source, List<Piece> pieces, List<CompiledExpression> parameters, List<Quoted> quoted) {
        this.source = source;
        this.pieces = List.copyOf(pieces);
        this.parameters = List.copyOf(parameters);
        this.quoted = List.copyOf(quoted);
    }

    /** Longest source, in chars. */
    static final int MAX_LENGTH = 32_768;

    /** A piece of the text, in order. Comments are left out. */
    public sealed interface Piece {}

    /** SQL outside quotes. */
    public record Code(String text) implements Piece {}

    /** A text or a name in quotes, quotes included. */
    public record Verbatim(String text) implements Piece {}

    /**
     * A place for a value.
     *
     * @param index among {@link Query#parameters}; one of them may stand in many places
     * @param offset where its expression begins, in chars of the source
     */
    public record Parameter(int index, int offset) implements Piece {}

    /**
     * A name between braces inside quotes, where it is nothing but text.
     *
     * @param offset of its brace, in chars of the source
     */
    public record Quoted(int offset, String name) {}

    /** Compiles one query; its parameters see what {@code view} says. */
    public static Compiled<Query> compile(String source, View view) {
        return new QueryText(source, view).compile();
    }

    public List<Piece> pieces() {
        return pieces;
    }

    /** What is bound, each expression once. */
    public List<Expression> parameters() {
        return List.copyOf(parameters);
    }

    public List<Quoted> quoted() {
        return quoted;
    }

    /**
     * The values of its parameters; {@link dev.freshet.change.Unknown#VALUE} where one was not sent.
     *
     * @throws EvaluationException as {@link Expression#evaluate}
     */
    public List<@Nullable Object> values(Scope scope) {
        List<@Nullable Object> values = new ArrayList<>(parameters.size());
        for (CompiledExpression parameter : parameters) {
            values.add(parameter.evaluate(scope));
        }
        return values;
    }

    /** Every column of the rule's tables that a parameter reads. */
    public Set<String> columns() {
        return read(Expression::columns);
    }

    /** Those that parameters read of the row that another query found. */
    public Set<String> columnsFound() {
        return read(Expression::columnsFound);
    }

    private Set<String> read(Function<Expression, Set<String>> reading) {
        return parameters.stream()
                .flatMap(each -> reading.apply(each).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Its text on one line, with something else in place of each parameter. */
    public String text(Function<Expression, String> written) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            text.append(
                    switch (piece) {
                        case Code code -> code.text().replaceAll("\\s+", " ");
                        case Verbatim verbatim -> verbatim.text();
                        case Parameter parameter -> written.apply(parameters.get(parameter.index()));
                    });
        }
        return text.toString().strip();
    }

    public String source() {
        return source;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Query that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }
}
