package dev.freshet.rules.expression;

import java.util.ArrayList;
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
        int close = Braces.closing(source, open);
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

    private void problem(int offset, String message) {
        problems.add(new SyntaxProblem(offset, message));
    }
}
