package dev.freshet.rules.expression;

import com.google.re2j.Pattern;
import dev.freshet.rules.catalog.Catalog;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds both forms of a template read backwards. Either may match more than the template makes, never less. */
final class PatternText {
    private static final String HEX = "[0-9a-f]";

    private final Optional<Catalog.Table> table;
    private final StringBuilder glob = new StringBuilder();
    private final StringBuilder regex = new StringBuilder("\\A");

    private boolean afterStar;

    PatternText(Optional<Catalog.Table> table) {
        this.table = table;
    }

    PatternText text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("*?[]\\".indexOf(c) >= 0) {
                glob.append('\\');
            }
            glob.append(c);
            afterStar = false;
        }
        regex.append(Pattern.quote(text));
        return this;
    }

    PatternText hole(Node node) {
        if (!afterStar) {
            glob.append('*');
            afterStar = true;
        }
        regex.append("(?:").append(shape(node)).append(')');
        return this;
    }

    KeyPattern pattern() {
        return new KeyPattern(glob.toString(), Pattern.compile(regex + "\\z", Pattern.DOTALL));
    }

    private String shape(Node node) {
        return switch (node) {
            case Node.Column(String name) ->
                table.flatMap(known -> known.column(name))
                        .map(column -> shape(column.kind()))
                        .orElse(".*");
            case Node.Constant(List<?> elements) ->
                elements.stream().map(PatternText::quoted).collect(Collectors.joining("|"));
            case Node.Constant(@Nullable Object constant) -> quoted(constant);
            case Node.TablePart ignored -> ".*";
            case Node.FoundColumn ignored -> ".*";
            case Node.EventColumn ignored -> ".*";
            case Node.ChangePart ignored -> ".*";
            case Node.LoopVariable ignored -> ".*";
            case Node.Unary ignored -> ".*";
            case Node.Binary ignored -> ".*";
            case Node.ListOf ignored -> ".*";
            case Node.MapOf ignored -> ".*";
            case Logic ignored -> ".*";
            case Loop ignored -> ".*";
        };
    }

    private static String shape(Catalog.Kind kind) {
        return switch (kind) {
            case INTEGER -> "-?[0-9]+";
            case DECIMAL -> "-?[0-9]+(?:\\.[0-9]+)?";
            case BOOLEAN -> "true|false";
            case UUID -> HEX + "{8}-(?:" + HEX + "{4}-){3}" + HEX + "{12}";
            case TEXT, OTHER -> ".*";
        };
    }

    /** NULL makes no name, so a pattern that nothing matches would do; a dot-star is simpler. */
    private static String quoted(@Nullable Object constant) {
        return constant == null ? ".*" : Pattern.quote(TextForm.of(constant));
    }
}
