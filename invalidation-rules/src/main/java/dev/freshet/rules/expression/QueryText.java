package dev.freshet.rules.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the source of a query apart: what PostgreSQL reads as quoted or as a comment, and what it does not. */
final class QueryText {
    private static final Pattern NAME_IN_BRACES =
            Pattern.compile("\\{\\s*([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)?)\\s*}");
    private static final Pattern DOLLAR_QUOTE =
            Pattern.compile("\\$(?:[A-Za-z_\\x80-\\uffff][A-Za-z0-9_\\x80-\\uffff]*)?\\$");
    /** {@code into} is no name in PostgreSQL; the others are where no statement begins. */
    private static final Pattern WRITES =
            Pattern.compile("(?i)\\binto\\b|(?<=\\()\\s*(?:delete\\s+from\\b|update\\b[^()]*\\bset\\b)");

    private static final Pattern FIRST_WORD = Pattern.compile("[\\s(]*([A-Za-z]*)");

    private final String source;
    private final View view;
    private final List<Query.Piece> pieces = new ArrayList<>();
    private final List<CompiledExpression> parameters = new ArrayList<>();
    private final List<Query.Quoted> quoted = new ArrayList<>();
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private final StringBuilder code = new StringBuilder();
    private final StringBuilder plain;
    private final Deque<Integer> open = new ArrayDeque<>();
    private int at;

    QueryText(String source, View view) {
        this.source = source;
        this.plain = new StringBuilder(" ".repeat(source.length()));
        this.view = view;
    }

    Compiled<Query> compile() {
        if (source.length() > Query.MAX_LENGTH) {
            problem(Query.MAX_LENGTH, "a query has at most " + Query.MAX_LENGTH + " characters");
        } else {
            while (at < source.length()) {
                readPiece();
            }
            endCode();
            checkSelects();
            open.forEach(bracket -> problem(bracket, "'(' without ')'"));
            checkWritesNothing();
        }
        return problems.isEmpty()
                ? new Compiled.Ready<>(new Query(source, pieces, parameters, quoted))
                : new Compiled.Refused<>(problems);
    }

    private void readPiece() {
        char c = source.charAt(at);
        Optional<String> dollars = dollarQuote();
        if (source.startsWith("--", at)) {
            comment(endOfLine());
        } else if (source.startsWith("/*", at)) {
            comment(endOfComment());
        } else if (c == '\'') {
            verbatim(endOfQuote('\'', isEscapeText()), "a text in quotes");
        } else if (c == '"') {
            verbatim(endOfQuote('"', false), "a name in quotes");
        } else if (dollars.isPresent()) {
            int end = source.indexOf(dollars.get(), at + dollars.get().length());
            verbatim(end < 0 ? -1 : end + dollars.get().length(), "a text in dollars");
        } else if (c == '{') {
            readParameter();
        } else {
            if (c == '}') {
                problem(at, "'}' without '{'; a brace itself stands in quotes");
            } else if (c == ';') {
                problem(at, "a rule's query is one select, without ';'");
            }
            code.append(c);
            plain.setCharAt(at, c);
            bracket(c);
            at++;
        }
    }

    /** One too many would end the query that it is a part of when it is asked. */
    private void bracket(char c) {
        if (c == '(') {
            open.push(at);
        } else if (c == ')' && open.poll() == null) {
            problem(at, "')' without '('");
        }
    }

    private void checkWritesNothing() {
        Matcher writes = WRITES.matcher(plain);
        if (writes.find()) {
            problem(writes.start(), "a query may not write; it is asked where nothing can be written");
        }
    }

    private void readParameter() {
        int close = Braces.closing(source, at);
        if (close < 0) {
            problem(at, "'{' without '}'; a brace itself stands in quotes");
            at = source.length();
            return;
        }
        String inside = source.substring(at + 1, close);
        if (inside.isBlank()) {
            problem(at, "there is no expression between '{' and '}'");
        } else {
            switch (Expressions.compileNode(inside, view)) {
                case Compiled.Ready<CompiledExpression>(CompiledExpression expression) -> add(expression, at + 1);
                case Compiled.Refused<CompiledExpression>(List<SyntaxProblem> inner) ->
                    inner.forEach(each -> problems.add(each.movedBy(at + 1)));
            }
        }
        at = close + 1;
    }

    private void add(CompiledExpression parameter, int offset) {
        endCode();
        int known = parameters.indexOf(parameter);
        if (known < 0) {
            parameters.add(parameter);
        }
        pieces.add(new Query.Parameter(known < 0 ? parameters.size() - 1 : known, offset));
    }

    private void endCode() {
        if (!code.isEmpty()) {
            pieces.add(new Query.Code(code.toString()));
            code.setLength(0);
        }
    }

    /** {@code end} is negative where the source ends before. */
    private void verbatim(int end, String what) {
        if (end < 0) {
            problem(at, what + " begins here and does not end");
            at = source.length();
            return;
        }
        String text = source.substring(at, end);
        Matcher names = NAME_IN_BRACES.matcher(text);
        while (names.find()) {
            quoted.add(new Query.Quoted(at + names.start(), names.group(1)));
        }
        endCode();
        pieces.add(new Query.Verbatim(text));
        at = end;
    }

    private void comment(int end) {
        if (end < 0) {
            problem(at, "a comment begins here and does not end");
        }
        code.append(' ');
        at = end < 0 ? source.length() : end;
    }

    private int endOfLine() {
        int end = source.indexOf('\n', at);
        return end < 0 ? source.length() : end;
    }

    /** SQL's comments nest. */
    private int endOfComment() {
        int depth = 0;
        for (int i = at; i < source.length() - 1; i++) {
            if (source.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (source.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    /** Behind the closing quote; a doubled one is a part of the text. */
    private int endOfQuote(char quote, boolean escapes) {
        for (int i = at + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (escapes && c == '\\') {
                i++;
            } else if (c == quote) {
                if (i + 1 < source.length() && source.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    /** {@code E'...'}, in which a backslash escapes. */
    private boolean isEscapeText() {
        return at > 0 && "eE".indexOf(source.charAt(at - 1)) >= 0 && !isPartOfName(at - 2);
    }

    private Optional<String> dollarQuote() {
        Matcher dollars = DOLLAR_QUOTE.matcher(source).region(at, source.length());
        return source.charAt(at) == '$' && !isPartOfName(at - 1) && dollars.lookingAt()
                ? Optional.of(dollars.group())
                : Optional.empty();
    }

    private boolean isPartOfName(int index) {
        return index >= 0
                && (Character.isLetterOrDigit(source.charAt(index)) || "_$".indexOf(source.charAt(index)) >= 0);
    }

    private void checkSelects() {
        String first = pieces.isEmpty() || !(pieces.getFirst() instanceof Query.Code(String text)) ? "" : text;
        Matcher word = FIRST_WORD.matcher(first);
        String said = word.lookingAt() ? word.group(1).toLowerCase(Locale.ROOT) : "";
        if (!said.equals("select") && !said.equals("with") && problems.isEmpty()) {
            problem(0, "a rule's query is one select; it begins with select or with");
        }
    }

    private void problem(int offset, String message) {
        problems.add(new SyntaxProblem(offset, message));
    }
}
