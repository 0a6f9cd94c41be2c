package dev.freshet.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the character {@code X} of a scalar stands in its file. */
class WrittenTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: bcX | 6",
                "a: 'bcX' | 7",
                "a: 'it''s X' | 11",
                "a: \"b\\tcX\" | 9",
                "a: \"\\x41X\" | 9",
                "a: \"\\u0041X\" | 11",
                "a: \"\\U0001F9F5X\" | 15",
                "a: 🧵X | 5",
                "a: \"🧵\\\"X\" | 8",
                "a: &anchor bX | 13",
                "a: &anchor 'bX' | 14",
                "a: !!str bX | 11"
            })
    void isFoundThroughQuotesAndEscapes(String yaml, int column) {
        Problems problems = new Problems();
        Node.Mapping root = (Node.Mapping) TreeBuilder.read(new SourceText("f", yaml), problems);
        Node.Scalar scalar = (Node.Scalar) Shop.in(root.members(), "a");

        assertThat(scalar.placeOf(scalar.text().indexOf('X'))).isEqualTo(new Place("f", 1, column));
    }

    @ParameterizedTest
    @CsvSource({
        "'a: |\n  bX', 2, 4",
        "'a: b\n  X', 2, 3",
        "'a: b X\n  c', 1, 6",
        "'a: >- # comment X\n\n  b c\n\n    d X', 5, 7",
        "'a: |2\n    X\n', 2, 5",
        "'a: &anchor >\n  b\n  X', 3, 3",
        "'a: \"b\n  X\"', 1, 4"
    })
    void isFoundOverManyLinesUnlessTheyAreQuoted(String yaml, int line, int column) {
        Node.Mapping root = (Node.Mapping) TreeBuilder.read(new SourceText("f", yaml), new Problems());
        Node.Scalar scalar = (Node.Scalar) Shop.in(root.members(), "a");

        assertThat(scalar.placeOf(scalar.text().indexOf('X'))).isEqualTo(new Place("f", line, column));
    }
}
