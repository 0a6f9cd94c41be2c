package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables of expressions, names and functions in {@code docs/rules.md} are right, and no function is left out. */
class FunctionsPageTest {
    private static final Path PAGE = Path.of("../docs/rules.md");
    private static final MacKey KEY = new MacKey("0123456789abcdef");
    private static final View VIEW = View.ROW
            .withKeys(new Keys() {
                @Override
                public Optional<MacKey> hmac() {
                    return Optional.of(KEY);
                }

                @Override
                public Optional<CipherKey> encrypt() {
                    return Optional.of(new CipherKey(new byte[CipherKey.BYTES]));
                }
            })
            .ofValue();

    @Test
    void expressionsGiveWhatThePageSays() {
        List<List<String>> examples = table("Expression", "Gives");

        assertThat(examples).hasSizeGreaterThan(25);
        assertThat(examples).allSatisfy(row -> assertThat(given(row.get(0))).isEqualTo(row.get(1)));
    }

    @Test
    void functionsGiveWhatThePageSays() {
        List<List<String>> examples = table("Function", "Example", "Gives");

        assertThat(examples)
                .filteredOn(row -> !row.get(2).isEmpty())
                .hasSizeGreaterThan(20)
                .allSatisfy(row -> assertThat(given(row.get(1))).isEqualTo(row.get(2)));
        assertThat(examples).allSatisfy(row -> assertThat(row.get(1)).contains(row.get(0) + "("));
    }

    @Test
    void noFunctionIsLeftOut() {
        List<String> names = table("Function", "Example", "Gives").stream()
                .map(row -> row.get(0))
                .toList();

        assertThat(names).containsExactlyInAnyOrderElementsOf(Function.names());
    }

    @Test
    void templatesMakeTheNamesThatThePageSays() {
        List<List<String>> examples = table("Template", "Names");

        assertThat(examples).hasSizeGreaterThan(8);
        assertThat(examples).allSatisfy(row -> assertThat(names(row.get(0))).isEqualTo(row.get(1)));
    }

    private static String given(String source) {
        try {
            return switch (Expressions.compile(source, VIEW)) {
                case Compiled.Ready<Expression>(Expression expression) -> JsonForm.text(expression.evaluate(sample()));
                case Compiled.Refused<Expression>(List<SyntaxProblem> problems) ->
                    "fails: " + problems.getFirst().message();
            };
        } catch (EvaluationException e) {
            return "fails: " + e.getMessage();
        }
    }

    private static String names(String source) {
        return switch (TestScope.template(source).render(sample())) {
            case Names.Known(List<String> names) -> String.join("` `", names);
            case Names.NotKnown(String column) -> "not known: " + column;
        };
    }

    /** The row that all examples see. */
    private static Scope sample() {
        List<@Nullable Object> namesAndValues = new ArrayList<>();
        for (List<String> row : table("Column", "Kind", "Value")) {
            namesAndValues.add(row.get(0));
            namesAndValues.add(value(row.get(1), row.get(2)));
        }
        return TestScope.row(namesAndValues.toArray());
    }

    private static @Nullable Object value(String kind, String text) {
        return switch (kind) {
            case "NULL" -> null;
            case "integer" -> Long.valueOf(text);
            case "decimal" -> new BigDecimal(text);
            case "text" -> text;
            case "boolean" -> Boolean.valueOf(text);
            case "date" -> LocalDate.parse(text);
            case "timestamp" -> Instant.parse(text);
            case "list", "map" -> JsonText.parse(text);
            default -> throw new IllegalArgumentException("a kind that the page has not had yet: " + kind);
        };
    }

    /** The rows of every table that begins with these columns, without the marks of code. */
    private static List<List<String>> table(String... columns) {
        String head = "| " + String.join(" | ", columns) + " |";
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : lines()) {
            if (line.startsWith(head)) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && !line.startsWith("| ---")) {
                rows.add(Stream.of(line.strip().split("(?<!\\\\)\\|", -1))
                        .skip(1)
                        .map(cell -> cell.strip().replace("\\|", "|").replaceAll("^`|`$", ""))
                        .collect(Collectors.toList()));
            }
        }
        return rows;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
