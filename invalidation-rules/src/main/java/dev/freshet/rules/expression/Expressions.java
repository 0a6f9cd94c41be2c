package dev.freshet.rules.expression;

import dev.freshet.rules.catalog.Catalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Compiles what rule files say about a row. CEL gives the syntax; the meaning (NULL, numbers, values not sent) is Freshet's. */
public final class Expressions {
    /** Longest source, in chars: a rule that needs more belongs in the database or in the application. */
    public static final int MAX_LENGTH = 4096;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Expressions() {}

    /** Compiles one expression over a row; white space around it does not count. */
    public static Compiled<Expression> compile(String source) {
        return compile(source, View.ROW);
    }

    /** Compiles one expression. */
    public static Compiled<Expression> compile(String source, View view) {
        return switch (compileNode(source, view)) {
            case Compiled.Ready<CompiledExpression>(CompiledExpression expression) -> new Compiled.Ready<>(expression);
            case Compiled.Refused<CompiledExpression>(List<SyntaxProblem> problems) -> new Compiled.Refused<>(problems);
        };
    }

    /**
     * What can never work in an expression that compiled, whatever the row of a table holds; nothing is said of what is not
     * known.
     *
     * @param table empty: none of its columns is known
     * @param names the expressions over the table's columns that stand behind other names
     */
    public static List<SyntaxProblem> mistyped(
            String source, View view, Use use, Optional<Catalog.Table> table, Map<String, Expression> names) {
        return Typing.problems(source, view, use, new KnownColumns(table, names));
    }

    /** The columns whose text stands in what a compiled expression makes, with capital and small letters as they are there. */
    public static Set<String> lettersOf(String source) {
        return CarriedColumns.LETTERS.in(source);
    }

    /** The columns of which each element stands in what a compiled expression makes. */
    public static Set<String> elementsOf(String source) {
        return CarriedColumns.ELEMENTS.in(source);
    }

    /** The source without the spaces and comments, which mean nothing: equal for two that differ in these alone. */
    public static String withoutSpaces(String source) {
        StringBuilder kept = new StringBuilder();
        boolean spaced = false;
        for (int at = 0; at < source.length(); at++) {
            char each = source.charAt(at);
            if (source.startsWith("//", at)) {
                at = Braces.endOfComment(source, at);
                spaced = true;
                continue;
            }
            if (Character.isWhitespace(each)) {
                spaced = true;
                continue;
            }
            if (spaced && isWord(each) && !kept.isEmpty() && isWord(kept.charAt(kept.length() - 1))) {
                kept.append(' ');
            }
            spaced = false;
            int end = each == '"' || each == '\'' ? Braces.endOfQuote(source, at) : at;
            kept.append(source, at, end + 1);
            at = end;
        }
        return kept.toString();
    }

    /** Whether a comment stands in it, after which a line that was joined to it does not count. */
    public static boolean hasComment(String source) {
        for (int at = 0; at < source.length(); at++) {
            char each = source.charAt(at);
            if (source.startsWith("//", at)) {
                return true;
            }
            at = each == '"' || each == '\'' ? Braces.endOfQuote(source, at) : at;
        }
        return false;
    }

    private static boolean isWord(char each) {
        return Character.isLetterOrDigit(each) || each == '_';
    }

    static Compiled<CompiledExpression> compileNode(String source, View view) {
        if (source.length() > MAX_LENGTH) {
            return refused(new SyntaxProblem(
                    MAX_LENGTH, "an expression has at most " + MAX_LENGTH + " characters, not " + source.length()));
        }
        String name = source.strip();
        if (NAME.matcher(name).matches() && !ReservedNames.contains(name) && !view.isVariable(name)) {
            return new Compiled.Ready<>(
                    new CompiledExpression(new Node.Column(name), Set.of(name), Set.of(), Set.of(), source));
        }
        return CelSyntax.parse(source, view);
    }

    private static <T> Compiled<T> refused(SyntaxProblem problem) {
        return new Compiled.Refused<>(List.of(problem));
    }
}
