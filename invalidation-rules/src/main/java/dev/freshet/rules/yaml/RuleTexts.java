package dev.freshet.rules.yaml;

import dev.freshet.rules.expression.Compiled;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Expressions;
import dev.freshet.rules.expression.Keys;
import dev.freshet.rules.expression.Query;
import dev.freshet.rules.expression.SyntaxProblem;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.Use;
import dev.freshet.rules.expression.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Compiles the expressions and templates of one rule, and remembers which columns each of them reads. */
final class RuleTexts {
    private static final Pattern WORD = Pattern.compile("\\w+");

    private final Problems problems;
    private final Reading reading;
    private final List<ColumnUse> uses;
    private final List<TypedText> typed;
    private final View view;
    private final boolean hasRows;
    private final Set<String> found;
    private final List<SecretColumns.AllColumns> all;

    RuleTexts(Keys keys, Problems problems) {
        this(
                problems,
                new ArrayList<>(),
                new ArrayList<>(),
                View.ROW.withKeys(keys),
                true,
                new TreeSet<>(),
                new ArrayList<>());
    }

    private RuleTexts(
            Problems problems,
            List<ColumnUse> uses,
            List<TypedText> typed,
            View view,
            boolean hasRows,
            Set<String> found,
            List<SecretColumns.AllColumns> all) {
        this.all = all;
        this.found = found;
        this.hasRows = hasRows;
        this.problems = problems;
        this.reading = new Reading(problems);
        this.uses = uses;
        this.typed = typed;
        this.view = view;
    }

    /** The same for texts that see the event. */
    RuleTexts ofEvent() {
        return new RuleTexts(problems, uses, typed, view.ofEvent(), hasRows, found, all);
    }

    /** The same for texts that see a row which a query found. */
    RuleTexts with(String variable) {
        return new RuleTexts(problems, uses, typed, view.with(variable), hasRows, found, all);
    }

    /** The same for texts that are values. */
    RuleTexts ofValues() {
        return new RuleTexts(problems, uses, typed, view.ofValue(), hasRows, found, all);
    }

    /** The same for texts that no row fills in: each column they read is reported. */
    RuleTexts withoutRows() {
        return new RuleTexts(problems, uses, typed, view, false, found, all);
    }

    /** What the rule's tables must have. */
    List<ColumnUse> uses() {
        return uses;
    }

    /** Every expression, for what is known of its columns' types. */
    List<TypedText> typed() {
        return typed;
    }

    /** What they read of the row that a query found. */
    Set<String> found() {
        return found;
    }

    /** Remembers a value that takes every column. */
    void allColumns(SecretColumns.AllColumns value) {
        all.add(value);
    }

    /** The values that take every column. */
    List<SecretColumns.AllColumns> all() {
        return all;
    }

    /** A fact: an expression over the row. */
    Optional<Expression> expression(Node node) {
        return expression(node, Use.ANYTHING);
    }

    /** A fact that has to be of one kind. */
    Optional<Expression> expression(Node node, Use use) {
        return compiled(node, source -> Expressions.compile(source, view)).map(read -> {
            checkComment(read.scalar());
            typed.add(new TypedText(read.scalar(), 0, read.scalar().text(), view, use));
            use(ColumnUse.inExpression(read.scalar(), read.value().columns()));
            found.addAll(read.value().columnsFound());
            return read.value();
        });
    }

    /** A fact over the rows of one table alone, so not among {@link #uses()}. */
    Optional<Compilation<Expression>> expressionOfOneTable(Node node) {
        Optional<Compilation<Expression>> compiled = compiled(node, source -> Expressions.compile(source, view));
        compiled.ifPresent(read -> checkComment(read.scalar()));
        return compiled;
    }

    /** A name: text with holes. */
    Optional<Compilation<Template>> template(Node node) {
        Optional<Compilation<Template>> compiled = compiled(node, source -> Template.compile(source, view));
        compiled.ifPresent(read -> {
            use(ColumnUse.inTemplate(read.scalar(), read.value()));
            typed.addAll(TypedText.inTemplate(read.scalar(), read.value(), view));
            found.addAll(read.value().columnsFound());
        });
        Optional<Compilation<Template>> cut = compiled.filter(read -> looksCut(read.scalar()));
        cut.ifPresent(read -> problems.add(cutByComment(read.scalar())));
        return cut.isPresent() ? Optional.empty() : compiled;
    }

    /** A select with parameters. */
    Optional<Compilation<Query>> query(Node node) {
        Optional<Compilation<Query>> compiled = compiled(node, source -> Query.compile(source, view));
        compiled.ifPresent(read -> {
            use(ColumnUse.inQuery(read.scalar(), read.value()));
            typed.addAll(TypedText.inQuery(read.scalar(), read.value(), view));
            found.addAll(read.value().columnsFound());
        });
        return compiled;
    }

    /** Whether the text is the name of what a query finds. */
    boolean isVariable(String name) {
        return view.variable().filter(name::equals).isPresent();
    }

    /** As {@link #template}, for what is a name: it is not empty. */
    Optional<Compilation<Template>> name(Node node) {
        Optional<Compilation<Template>> compiled = template(node);
        return compiled.filter(read -> {
            boolean empty = read.value().parts().isEmpty();
            if (empty) {
                problems.atValue(node, Code.BAD_VALUE, "a name is not empty");
            }
            return !empty;
        });
    }

    /** A column that stands alone. */
    Optional<String> column(Node node) {
        return reading.text(node).map(scalar -> {
            use(ColumnUse.alone(scalar));
            return scalar.text();
        });
    }

    private void use(ColumnUse use) {
        if (hasRows) {
            uses.add(use);
        } else if (!use.columns().isEmpty()) {
            String column = use.columns().stream().sorted().findFirst().orElseThrow();
            problems.add(new Problem(
                    Code.NO_ROW,
                    use.placeOf(column),
                    use.scalar().spot().path(),
                    "a truncate has no row, so nothing can be read of column '" + column + "'",
                    Optional.empty()));
        }
    }

    /** YAML joins lines by spaces, but for those of a block that begins with '|': a comment then ends with the text. */
    private void checkComment(Node.Scalar scalar) {
        String raw = scalar.written().raw().strip();
        long lines = raw.lines().count() - (raw.startsWith(">") || raw.startsWith("|") ? 1 : 0);
        boolean joined = lines > scalar.text().strip().lines().count();
        if (joined && Expressions.hasComment(scalar.text())) {
            problems.add(Problem.atValue(
                            scalar.spot(),
                            Code.BAD_EXPRESSION,
                            "YAML joins these lines to one, so the comment '//' takes what follows it along")
                    .suggesting("begin the text with '|' on the line above, or leave the comment out"));
        }
    }

    /** What became of a scalar. */
    record Compilation<T>(Node.Scalar scalar, T value) {}

    private <T> Optional<Compilation<T>> compiled(Node node, Function<String, Compiled<T>> compiler) {
        Optional<Node.Scalar> text = reading.text(node);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Node.Scalar scalar = text.get();
        return switch (compiler.apply(scalar.text())) {
            case Compiled.Ready<T>(T value) -> Optional.of(new Compilation<>(scalar, value));
            case Compiled.Refused<T>(List<SyntaxProblem> mistakes) -> {
                report(scalar, mistakes);
                yield Optional.empty();
            }
        };
    }

    private void report(Node.Scalar scalar, List<SyntaxProblem> mistakes) {
        if (scalar.written().isCutByComment() && scalar.written().tail().startsWith(" #")) {
            problems.add(cutByComment(scalar));
            return;
        }
        for (SyntaxProblem problem : mistakes) {
            problems.add(new Problem(
                    Code.BAD_EXPRESSION,
                    scalar.placeOf(problem.offset()),
                    scalar.spot().path(),
                    problem.message(),
                    problem.suggestion().map(RuleTexts::clause)));
        }
    }

    private static String clause(String suggestion) {
        return WORD.matcher(suggestion).matches() ? "did you mean '" + suggestion + "'?" : "write " + suggestion;
    }

    /** {@code key: product #{id}} compiles, as a constant. */
    private static boolean looksCut(Node.Scalar scalar) {
        String comment = scalar.written().tail().strip();
        return scalar.written().isCutByComment() && comment.startsWith("#{") && comment.indexOf('}') > 0;
    }

    private static Problem cutByComment(Node.Scalar scalar) {
        String whole = scalar.written().raw() + scalar.written().tail().stripTrailing();
        return Problem.atValue(
                        scalar.spot(),
                        Code.NEEDS_QUOTES,
                        "YAML reads what follows ' #' as a comment, and " + Reading.shown(scalar) + " is what is left")
                .suggesting(QuotedLine.clause(scalar.spot().label(), whole));
    }
}
