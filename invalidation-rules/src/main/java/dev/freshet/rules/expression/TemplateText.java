package dev.freshet.rules.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Takes the source of a template apart, into texts and the expressions between them. */
final class TemplateText {
    private final String source;
    private final View view;
    private final List<String> texts = new ArrayList<>();
    private final List<CompiledExpression> holes = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    TemplateText(String source, View view) {
        this.source = source;
        this.view = view;
    }

    Compiled<Template> compile() {
        if (source.length() > Template.MAX_LENGTH) {
            problem(Template.MAX_LENGTH, "a template has at most " + Template.MAX_LENGTH + " characters");
        } else {
            readAll();
        }
        return problems.isEmpty()
                ? new Compiled.Ready<>(new CompiledTemplate(source, texts, holes, offsets))
                : new Compiled.Refused<>(problems);
    }

    private void readAll() {
        int at = 0;
        while (at < source.length()) {
            char c = source.charAt(at);
            boolean doubled = source.startsWith(String.valueOf(c), at + 1);
            if ((c == '{' || c == '}') && doubled) {
                text.append(c);
                at += 2;
            } else if (c == '{') {
                at = readHole(at);
            } else if (c == '}') {
                problems.add(new SyntaxProblem(at, "'}' without '{'; a brace itself is written twice", "}}"));
                at++;
            } else {
                text.append(c);
                at++;
            }
        }
        texts.add(text.toString());
    }

    /** Returns where the text goes on. */
    private int readHole(int open) {
        int close = closing(open);
        if (close < 0) {
            problems.add(new SyntaxProblem(open, "'{' without '}'; a brace itself is written twice", "{{"));
            return source.length();
        }
        String inside = source.substring(open + 1, close);
        if (inside.isBlank()) {
            problem(open, "there is no expression between '{' and '}'");
            return close + 1;
        }
        switch (Expressions.compileNode(inside, view)) {
            case Compiled.Ready<CompiledExpression>(CompiledExpression expression) -> {
                texts.add(text.toString());
                text.setLength(0);
                holes.add(expression);
                offsets.add(open + 1);
            }
            case Compiled.Refused<CompiledExpression>(List<SyntaxProblem> inner) ->
                inner.forEach(each -> problems.add(each.movedBy(open + 1)));
        }
        return close + 1;
    }

    /** The first closing brace that is neither quoted nor inside brackets of the expression; -1 where there is none. */
    private int closing(int open) {
        Deque<Character> brackets = new ArrayDeque<>();
        for (int at = open + 1; at < source.length(); at++) {
            switch (source.charAt(at)) {
                case '\'', '"' -> at = endOfQuote(at);
                case '(', '[', '{' -> brackets.push(source.charAt(at));
                case ')', ']' -> brackets.poll();
                case '}' -> {
                    // a round or square bracket still open is for CEL to complain of
                    if (brackets.isEmpty() || brackets.poll() != '{') {
                        return at;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    /** The last char of the quoted text that begins here; the last of all where it is not closed. */
    private int endOfQuote(int start) {
        String one = source.substring(start, start + 1);
        String quote = source.startsWith(one.repeat(3), start) ? one.repeat(3) : one;
        boolean raw = start > 0 && "rR".indexOf(source.charAt(start - 1)) >= 0;
        for (int at = start + quote.length(); at < source.length(); at++) {
            if (source.startsWith(quote, at)) {
                return at + quote.length() - 1;
            }
            if (!raw && source.charAt(at) == '\\') {
                at++;
            }
        }
        return source.length() - 1;
    }

    private void problem(int offset, String message) {
        problems.add(new SyntaxProblem(offset, message));
    }
}
