package dev.freshet.connector.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.change.Unknown;
import dev.freshet.connector.envelope.ColumnType.Shape;
import dev.freshet.rules.expression.EvaluationException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnReadersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DATE;secret",
                "TIME;25:00:00 secret",
                "ZONED_TIME;secret",
                "TIMESTAMP;2026-13-01 secret",
                "ZONED_TIMESTAMP;secret",
                "UUID;secret",
                "DECIMAL;1.5secret",
                "JSON;{\"secret\": ",
                "HSTORE;\"secret"
            })
    void whatCannotBeReadNamesItsColumnAndNotItsValue(ColumnKind kind, String sent) {
        assertThatThrownBy(() -> column(kind, Shape.SCALAR).read(sent))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith("column 'price' cannot be read: ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "{secret", "{\"secret", "{\"secret\\", "{{secret}", "[0:1]", "{secret}"})
    void anArrayThatCannotBeReadDoesNeither(String sent) {
        assertThatThrownBy(() -> column(ColumnKind.INTEGER, Shape.ARRAY).read(sent))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith("column 'price' cannot be read: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void anArraysTextIsTakenApart() {
        assertThat(column(ColumnKind.TEXT, Shape.ARRAY).read("[2:3]={\"a \\\"b\\\" \\\\ {,}\",NULL,\"NULL\",\"\"}"))
                .isEqualTo(Arrays.asList("a \"b\" \\ {,}", null, "NULL", ""));
        assertThat(column(ColumnKind.INTEGER, Shape.ARRAY).read("{{{1},{2}},{{3},{NULL}}}"))
                .isEqualTo(List.of(
                        List.of(List.of(1L), List.of(2L)), List.of(List.of(3L), Arrays.asList(new Long[] {null}))));
    }

    @Test
    void aMarkIsNoValue() {
        Column column = column(ColumnKind.TEXT, Shape.SCALAR);
        assertThat(column.read(Marker.NOT_SENT)).isEqualTo(Unknown.VALUE);
        assertThat(column(ColumnKind.BYTES, Shape.SCALAR).read(Marker.notSentBytes()))
                .isEqualTo(Unknown.VALUE);
        assertThatThrownBy(() -> column.read(Marker.unreadable("it is odd")))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("column 'price' cannot be read: it is odd");
    }

    /** What would be thrown in the engine instead would end it. */
    @ParameterizedTest
    @EnumSource(
            value = ColumnKind.class,
            names = {"BOOLEAN", "INTEGER", "DOUBLE", "BYTES"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatTheDecoderSendsUnexpectedlyIsUnreadableAndNotThrown(ColumnKind kind) {
        ColumnType type = new ColumnType(kind, Shape.SCALAR);
        Object odd = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("odd");
            }
        };
        assertThatThrownBy(() -> column(kind, Shape.SCALAR).read(SentValue.of(type, odd)))
                .isInstanceOf(EvaluationException.class);
    }

    @Test
    void aTypeSurvivesItsSchema() {
        for (ColumnKind kind : ColumnKind.values()) {
            for (Shape shape : Shape.values()) {
                ColumnType type = new ColumnType(kind, shape);
                assertThat(ColumnType.of(type.schema().build())).isEqualTo(type);
            }
        }
    }

    private static Column column(ColumnKind kind, Shape shape) {
        return new Column("price", ColumnReaders.of(new ColumnType(kind, shape)));
    }
}
