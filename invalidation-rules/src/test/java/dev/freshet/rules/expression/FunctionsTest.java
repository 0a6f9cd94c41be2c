package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "lower('ÄB')|äb",
                "upper('straße')|STRASSE",
                "trim('  a b\t')|a b",
                "'a' + \"b\" + '''c'''|abc",
                "slug('  Crème brûlée & Straße № 7! ')|creme-brulee-strasse-no-7",
                "slug('Łódź Ærø İstanbul')|lodz-aero-istanbul",
                "slug('Москва 東京')|москва-東京",
                "slug('...')|",
                "hash('abc')|ba7816bf8f01cfea414140de5dae2223",
                "hash(17)|4523540f1504cd17100c4835e85b7eef",
                "mask('4111111111111111')|************1111",
                "mask('secret')|*****t",
                "mask('abc')|***",
                "mask('a😀b😀c😀d😀')|******d😀",
                "text(1.50)|1.50",
                "string(true)|true",
                "text([1, 'a', null])|[1,\"a\",null]",
                "text({'b': 1, 'a': [true]})|{\"b\":1,\"a\":[true]}",
                "r'\\d'|\\d",
                "table.schema + '.' + table.name|public.product"
            })
    void textComesOut(String source, String result) {
        assertThat(TestScope.evaluate(source)).isEqualTo(result == null ? "" : result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'product'.startsWith('prod')",
                "'product'.endsWith('uct')",
                "'product'.contains('odu')",
                "!'product'.contains('x')",
                "'product'.matches('^pr.d')",
                "matches('product', 'du')",
                "!'product'.matches('^du')",
                "'a' < 'b' && 'B' < 'a' && 'a' < 'ab'",
                "'\uFFFD' < '😀'",
                "false < true",
                "2 in [1, 2.0]",
                "!(3 in [1, 2])",
                "!(3 in [1, null])",
                "'a' in {'a': null}",
                "[1, 2] + [3] == [1.0, 2, 3]",
                "{'a': 1, 'b': [2]} == {'b': [2.0], 'a': 1}",
                "{'a': null} != {'b': null}",
                "[1] != [1, 2]",
                "'1' != 1",
                "[1, 2, 3].filter(x, x > 1) == [2, 3]",
                "[1, 2].map(x, x * x) == [1, 4]",
                "[1, null, 3].filter(x, x > 1) == [3]",
                "[1, 2].exists(x, x == 2)",
                "{'k': 1}.all(k, k == 'k')",
                "[3, 4].map(id, id + 1).exists_one(x, x == 5)",
                "shard('user-17', 16) == 9",
                "size('abc') == 3 && 'abc'.size() == 3 && size({'a': 1}) == 1 && size(b'abc') == 3",
                "json('{\"a\": [1, 2.50, true, null, \"x\"]}') == {'a': [1, 2.5, true, null, 'x']}",
                "json('12345678901234567890') == 12345678901234567890.0",
                "json([1]) == [1]",
                "row.id == id && row['id'] == id && row[\"Order Id\"] == 5"
            })
    void conditionsHold(String source) {
        assertThat(TestScope.evaluate(source, "id", 7L, "Order Id", 5L)).isEqualTo(true);
    }

    @Test
    void membersThatAreNotThereAreNull() {
        Map<String, Object> attrs = Map.of("colour", "red", "sizes", List.of("S", "M"), "nested", Map.of("in", 1L));
        Object[] row = {"attrs", attrs};
        assertThat(TestScope.evaluate("attrs.colour", row)).isEqualTo("red");
        assertThat(TestScope.evaluate("attrs['sizes'][1]", row)).isEqualTo("M");
        assertThat(TestScope.evaluate("attrs.nested['in']", row)).isEqualTo(1L);
        assertThat(TestScope.evaluate("attrs.weight", row)).isNull();
        assertThat(TestScope.evaluate("attrs.weight.unit", row)).isNull();
        assertThat(TestScope.evaluate("attrs.sizes[2]", row)).isNull();
        assertThat(TestScope.evaluate("attrs.sizes[-1]", row)).isNull();
        assertThat(TestScope.evaluate("has(attrs.colour) && !has(attrs.weight)", row))
                .isEqualTo(true);
        assertThat(TestScope.evaluate("has(attrs.colour)", "attrs", null)).isEqualTo(false);
    }

    @Test
    void aMemberThatIsNullIsThere() {
        assertThat(TestScope.evaluate("has(a.b) && a.b == null", "a", java.util.Collections.singletonMap("b", null)))
                .isEqualTo(true);
    }

    @Test
    void anElementHidesTheColumnOfItsName() {
        assertThat(TestScope.evaluate("ids.exists(id, id == 1) && id == 7", "ids", List.of(1L), "id", 7L))
                .isEqualTo(true);
        assertThat(TestScope.compile("ids.exists(id, id == other)").columns())
                .containsExactlyInAnyOrder("ids", "other");
    }

    @ParameterizedTest
    @CsvSource({
        "uuid,6fa459ea-ee8a-3ca4-894e-db77e160355e",
        "day,2026-01-31",
        "time,09:30:00",
        "local,2026-01-31T09:30:00",
        "moment,2026-01-31T09:30:00Z",
        "fine,2026-01-31T09:30:00.250Z",
        "bytes,--8_",
        "exact,1000.00",
        "whole,2",
        "small,0.000001",
        "tiny,1.5e-7",
        "large,100000000000000000000",
        "huge,1e300"
    })
    void everyKindHasItsText(String column, String text) {
        assertThat(TestScope.evaluate("text(" + column + ")", everyKind())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "day == '2026-01-31'",
        "day < '2026-02-01'",
        "moment >= '2026-01-31'",
        "moment < '2026-01-31T11:00:00+01:00'",
        "local > '2026-01-31T09:29:59'",
        "time <= '09:30'",
        "uuid == '6FA459EA-ee8a-3ca4-894e-db77e160355e'",
        "uuid != 'x' && day != 'tomorrow'",
        "uuid in ['6fa459ea-ee8a-3ca4-894e-db77e160355e']",
        "moment < fine",
        "day == day && moment == moment",
        "midnight == '2026-01-31' && midnight == '2026-01-31T00:00:00Z'"
    })
    void datesAndUuidsCompareWithTheirText(String source) {
        assertThat(TestScope.evaluate(source, everyKind())).isEqualTo(true);
    }

    @Test
    void uuidsAreOrderedByTheirBytes() {
        assertThat(TestScope.evaluate("a < b", "a", new UUID(1, 0), "b", new UUID(-1, 0)))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({
        "day,yyyy-MM,2026-01",
        "local,yyyyMMdd-HH,20260131-09",
        "moment,HH:mm XXX,09:30 Z",
        "time,HH,09",
        "moment,dd MMM,31 Jan"
    })
    void dateTakesAForm(String column, String form, String result) {
        assertThat(TestScope.evaluate("date(" + column + ", '" + form + "')", everyKind()))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "lower(number);takes text",
                "name + number;text(x)",
                "number + name;text(x)",
                "name.colour;only maps and lists",
                "has(name.colour);only maps",
                "'a' in name;list or a map",
                "list['a'];by an integer",
                "map[1];by text",
                "name < number;no order",
                "day < 'x';ISO-8601",
                "day < moment;no order",
                "!name;takes a condition",
                "name && true;takes a condition",
                "name ? 1 : 2;takes a condition",
                "name.exists(x, true);a list or a map",
                "list.exists(x, x);takes a condition",
                "int(name);no integer",
                "double(name);no number",
                "int(list);a list",
                "size(number);an integer",
                "date(day, 'HH');does not have",
                "date(name, 'yyyy');takes a date",
                "shard(name, 0);at least 1",
                "shard(name, name);at least 1",
                "json(name);no JSON",
                "-name;takes numbers"
            })
    void aWrongKindIsAnErrorThatShowsNoValue(String source, String reason) {
        Object[] row = {
            "name",
            "jane",
            "number",
            4711L,
            "list",
            List.of("jane"),
            "map",
            Map.of("jane", 1L),
            "day",
            LocalDate.of(2026, 1, 31),
            "moment",
            Instant.EPOCH
        };
        assertThatThrownBy(() -> TestScope.evaluate(source, row))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContainingAny("jane", "4711", "2026-01-31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1 2", "[1", "{\"a\":}", "nul", "[1,]", "1e999999999"})
    void jsonTakesExactlyOneDocument(String text) {
        assertThatThrownBy(() -> TestScope.evaluate("json(a)", "a", text)).isInstanceOf(EvaluationException.class);
    }

    private static Object[] everyKind() {
        return Arrays.asList(
                        "uuid", UUID.fromString("6fa459ea-ee8a-3ca4-894e-db77e160355e"),
                        "day", LocalDate.of(2026, 1, 31),
                        "time", LocalTime.of(9, 30),
                        "local", LocalDateTime.of(2026, 1, 31, 9, 30),
                        "moment", Instant.parse("2026-01-31T09:30:00Z"),
                        "midnight", Instant.parse("2026-01-31T00:00:00Z"),
                        "fine", Instant.parse("2026-01-31T09:30:00.25Z"),
                        "bytes",
                                ByteBuffer.wrap(new byte[] {(byte) 0xfb, (byte) 0xef, (byte) 0x3f})
                                        .asReadOnlyBuffer(),
                        "exact", new BigDecimal("1000.00"),
                        "whole", 2.0,
                        "small", 1e-6,
                        "tiny", 1.5e-7,
                        "large", 1e20,
                        "huge", 1e300)
                .toArray();
    }
}
