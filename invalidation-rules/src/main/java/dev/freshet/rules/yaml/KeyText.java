package dev.freshet.rules.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A template taken apart, for what is checked before any row is seen. Only texts that have been compiled are taken apart, so
 * its holes are known to be closed.
 *
 * @param parts literal text and holes in turn
 */
record KeyText(List<Part> parts) {
    /** Expressions that two different values of a column cannot share. */
    private static final Pattern TELLS_APART =
            Pattern.compile("(?:text|hash|hmac|json)\\s*\\(\\s*(\\w+)\\s*\\)|row\\[[\"']([^\"']+)[\"']]|(\\w+)");

    sealed interface Part {}

    record Literal(String text) implements Part {}

    /** An expression and where it begins in the template. */
    record Hole(int offset, String expression) implements Part {}

    static KeyText of(String template) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int at = 0; at < template.length(); ) {
            char c = template.charAt(at);
            boolean doubled = at + 1 < template.length() && template.charAt(at + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                literal.append(c);
                at += 2;
            } else if (c == '{') {
                int end = endOfHole(template, at + 1);
                flush(literal, parts);
                parts.add(new Hole(at + 1, template.substring(at + 1, end)));
                at = end + 1;
            } else {
                literal.append(c);
                at++;
            }
        }
        flush(literal, parts);
        return new KeyText(List.copyOf(parts));
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    /** The first closing brace outside quotes and brackets. */
    private static int endOfHole(String template, int from) {
        int depth = 0;
        char quote = 0;
        for (int at = from; at < template.length(); at++) {
            char c = template.charAt(at);
            if (quote != 0) {
                at += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '{' || c == '[' || c == '(') {
                depth++;
            } else if (c == '}' && depth == 0) {
                return at;
            } else if (c == '}' || c == ']' || c == ')') {
                depth--;
            }
        }
        return template.length();
    }

    boolean isConstant() {
        return parts.stream().noneMatch(Hole.class::isInstance);
    }

    boolean beginsWithHole() {
        return !parts.isEmpty() && parts.getFirst() instanceof Hole;
    }

    List<Hole> holes() {
        return parts.stream()
                .filter(Hole.class::isInstance)
                .map(Hole.class::cast)
                .toList();
    }

    /** Equal for templates that make the same keys, spaces in expressions aside. */
    String normal() {
        return render(expression -> expression.replaceAll("\\s+", ""));
    }

    /** Equal for templates that can make the same keys from different tables. */
    String shape() {
        return render(expression -> "");
    }

    private String render(UnaryOperator<String> ofHole) {
        return parts.stream()
                .map(part -> switch (part) {
                    case Literal(String text) -> text.replace("{", "{{").replace("}", "}}");
                    case Hole(int offset, String expression) -> "{" + ofHole.apply(expression) + "}";
                })
                .collect(Collectors.joining());
    }

    /** Columns of which two values never make one key. */
    Set<String> tellingColumns() {
        Set<String> columns = new TreeSet<>();
        for (Hole hole : holes()) {
            Matcher column = TELLS_APART.matcher(hole.expression().strip());
            if (column.matches()) {
                columns.add(
                        column.group(1) != null
                                ? column.group(1)
                                : column.group(2) != null ? column.group(2) : column.group(3));
            }
        }
        return columns;
    }
}
