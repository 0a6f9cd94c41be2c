package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.catalog.Catalog;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class KeyPatternTest {
    private static final Catalog.Table PRODUCT = new Catalog.Table(
            TestScope.PRODUCT,
            Stream.of(Catalog.Kind.values())
                    .map(kind -> new Catalog.Column(TextFunctions.lower(kind.name()), "any", kind, false))
                    .toList(),
            List.of(),
            new Catalog.OldRow.Everything());

    static final List<String> TEMPLATES = List.of(
            "product:{integer}",
            "{text}x",
            "a:{text}:{integer}:{text}",
            "{{h:{uuid}}}:{boolean}.{decimal}",
            "*[x]?\\{text}*{other}",
            "{integer}{integer}",
            "{other}\n{text}",
            "x:{lower(text)}:{['en', 'd.*e']}:{table.name}",
            "{other.exists(x, x == null)}{integer + 1}{[text, 'a*']}{ {'a': text} }");

    static final List<Object[]> ROWS = List.of(
            row(17L, "tea", new BigDecimal("9.90"), true, new UUID(1, 2), List.of("a", "b")),
            row(-9L, "", new BigDecimal("-1"), false, new UUID(-1, -1), List.of(1L, "\n")),
            row(Long.MIN_VALUE, "a:*?[\\]{}\n é😀", new BigDecimal("1E+3"), true, UUID.randomUUID(), List.of("")),
            row(0L, "\\", new BigDecimal("0.000"), true, new UUID(0, 0), List.of(List.of("x"))));

    @ParameterizedTest
    @FieldSource("TEMPLATES")
    void everyNameMatchesThePatternsOfItsTemplate(String source) {
        Template template = TestScope.template(source);
        for (Object[] row : ROWS) {
            assertThat(template.render(TestScope.row(row)))
                    .isInstanceOfSatisfying(
                            Names.Known.class,
                            names -> assertThat(names.all())
                                    .isNotEmpty()
                                    .allMatch(name -> template.pattern(Optional.of(PRODUCT))
                                            .matches(name))
                                    .allMatch(name ->
                                            template.pattern(Optional.empty()).matches(name))
                                    .allMatch(name -> globMatches(
                                            template.pattern(Optional.of(PRODUCT))
                                                    .glob(),
                                            name)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "product:{integer} product:17:reviews",
                "product:{integer} product:",
                "product:{integer} product:1.5",
                "product:{integer} xproduct:1",
                "p:{boolean} p:yes",
                "p:{boolean}:x p:true",
                "p:{decimal} p:1.",
                "p:{uuid} p:6FA459EA-ee8a-3ca4-894e-db77e160355e",
                "p:{uuid} p:6fa459ea",
                "p.{text} p:x",
                "p:{text}:x p:y",
                "p:{['en','de']} p:fr"
            })
    void whatTheTemplateCannotHaveMadeDoesNotMatch(String source, String name) {
        assertThat(TestScope.template(source).pattern(Optional.of(PRODUCT)).matches(name))
                .isFalse();
    }

    @Test
    void withoutACatalogueAnyTextMatches() {
        KeyPattern pattern = TestScope.template("product:{integer}").pattern(Optional.empty());
        assertThat(pattern.matches("product:17:reviews")).isTrue();
        assertThat(pattern.matches("products")).isFalse();
    }

    @Test
    void theExactPatternIsAnchored() {
        KeyPattern pattern = TestScope.template("p:{integer}").pattern(Optional.of(PRODUCT));
        assertThat(pattern.exact().matcher("xp:1").find()).isFalse();
        assertThat(pattern.exact().matcher("p:1x").find()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "product:{integer} product:*",
                "{integer}{text}:x *:x",
                "a*b?[c]\\{text} a\\*b\\?\\[c\\]\\\\*",
                "{{h}}:{text}*{text} {h}:*\\**"
            })
    void theGlobTakesLiteralTextLiterally(String source, String glob) {
        assertThat(TestScope.template(source).pattern(Optional.of(PRODUCT)).glob())
                .isEqualTo(glob);
    }

    private static Object[] row(
            Long integer, String text, BigDecimal decimal, Boolean truth, UUID uuid, List<Object> other) {
        return Arrays.asList(
                        "integer", integer, "text", text, "decimal", decimal, "boolean", truth, "uuid", uuid, "other",
                        other)
                .toArray();
    }

    /** SCAN's matching, as far as templates use it. */
    private static boolean globMatches(String glob, String text) {
        StringBuilder regex = new StringBuilder("(?s)");
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else {
                char literal = c == '\\' ? glob.charAt(++i) : c;
                regex.append(java.util.regex.Pattern.quote(String.valueOf(literal)));
            }
        }
        return text.matches(regex.toString());
    }
}
