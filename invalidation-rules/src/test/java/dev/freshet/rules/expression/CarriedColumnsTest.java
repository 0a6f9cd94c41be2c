package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which columns are still to be seen in what an expression makes. */
class CarriedColumnsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name | name",
                "row.name | name",
                "row['in'] | in",
                "text(name) | name",
                "trim(string(name)) | name",
                "mask(name) | name",
                "name + '-' + slug | name slug",
                "live ? name : slug | name slug",
                "[name, slug] | name slug",
                "attrs.colour | attrs",
                "attrs['colour'] | attrs",
                "json(note).kind | note",
                "topics[0] | topics",
                "topics.map(t, text(t)) | topics",
                "topics.map(t, t + name) | topics name",
                "topics.filter(t, t != name) | topics",
            })
    void itsLettersStand(String source, String columns) {
        assertThat(Expressions.lettersOf(source)).containsExactlyInAnyOrder(columns.split(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lower(name)",
                "upper(name)",
                "slug(name)",
                "hash(name)",
                "hmac(name)",
                "shard(name, 4)",
                "size(name)",
                "name == slug",
                "name.startsWith('a')",
                "topics.map(t, lower(t))",
                "topics.exists(t, t == name)",
                "lower(name + slug)",
                "date(day, 'MMM')",
                "table.name",
                "'name'"
            })
    void itsLettersAreGoneOrOfOneCase(String source) {
        assertThat(Expressions.lettersOf(source)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "topics | topics",
                "row.topics | topics",
                "live ? topics : others | topics others",
                "topics.map(t, lower(t)) | topics",
                "topics.filter(t, t != 'a') | topics",
                "json(note) | note",
                "topics[0] |",
                "[name] |",
                "text(topics) |",
                "size(topics) |",
                "attrs.sizes |",
            })
    void itsElementsAreNamesOfTheirOwn(String source, String columns) {
        assertThat(Expressions.elementsOf(source)).isEqualTo(columns == null ? Set.of() : Set.of(columns.split(" ")));
    }
}
