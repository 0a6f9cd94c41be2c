package dev.freshet.rules.yaml;

import dev.freshet.rules.expression.Expressions;
import dev.freshet.rules.expression.Template;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be told of a template's names before any row is seen. */
record KeyText(List<Template.Part> parts) {
    /** Expressions that two different values of a column cannot share. */
    private static final Pattern TELLS_APART =
            Pattern.compile("(?:text|hash|hmac|json)\\s*\\(\\s*(\\w+)\\s*\\)|row\\[[\"']([^\"']+)[\"']]|(\\w+)");

    static KeyText of(Template template) {
        return new KeyText(template.parts());
    }

    boolean isConstant() {
        return parts.stream().noneMatch(Template.Hole.class::isInstance);
    }

    boolean beginsWithHole() {
        return !parts.isEmpty() && parts.getFirst() instanceof Template.Hole;
    }

    List<Template.Hole> holes() {
        return parts.stream()
                .filter(Template.Hole.class::isInstance)
                .map(Template.Hole.class::cast)
                .toList();
    }

    /** Equal for templates that make the same keys, spaces in expressions aside. */
    String normal() {
        return render(Expressions::withoutSpaces);
    }

    /** Its expressions in order, without spaces. */
    List<String> expressions() {
        return holes().stream()
                .map(hole -> Expressions.withoutSpaces(hole.expression()))
                .toList();
    }

    /** Equal for templates that can make the same keys from different tables. */
    String shape() {
        return render(expression -> "");
    }

    /** With something else in place of each expression. */
    String render(UnaryOperator<String> ofHole) {
        return parts.stream()
                .map(part -> switch (part) {
                    case Template.Literal(String text) ->
                        text.replace("{", "{{").replace("}", "}}");
                    case Template.Hole(int offset, String expression) -> "{" + ofHole.apply(expression) + "}";
                })
                .collect(Collectors.joining());
    }

    /** Columns of which two values never make one key. */
    Set<String> tellingColumns() {
        Set<String> columns = new TreeSet<>();
        holes().forEach(hole -> tellingColumn(hole.expression()).ifPresent(columns::add));
        return columns;
    }

    /** Columns that stand as they are, in order. */
    List<String> plainColumns() {
        return holes().stream()
                .map(hole -> TELLS_APART.matcher(Expressions.withoutSpaces(hole.expression())))
                .filter(column -> column.matches() && column.group(1) == null)
                .map(column -> column.group(2) != null ? column.group(2) : column.group(3))
                .toList();
    }

    /** The column of which an expression keeps every two values apart. */
    static Optional<String> tellingColumn(String expression) {
        Matcher column = TELLS_APART.matcher(Expressions.withoutSpaces(expression));
        return column.matches()
                ? Stream.of(column.group(1), column.group(2), column.group(3))
                        .filter(Objects::nonNull)
                        .findFirst()
                : Optional.empty();
    }
}
