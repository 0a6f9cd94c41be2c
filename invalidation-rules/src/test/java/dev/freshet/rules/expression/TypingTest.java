package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known to be wrong before any row is seen, and what is left alone. */
class TypingTest {
    private static final Catalog.Table TABLE = new Catalog.Table(
            new TableId("public", "product"),
            List.of(
                    new Catalog.Column("id", "bigint", Catalog.Kind.INTEGER, false),
                    new Catalog.Column("stock", "integer", Catalog.Kind.INTEGER, false),
                    new Catalog.Column("price", "numeric", Catalog.Kind.DECIMAL, false),
                    new Catalog.Column("weight", "double precision", Catalog.Kind.OTHER, false),
                    new Catalog.Column("name", "text", Catalog.Kind.TEXT, true),
                    new Catalog.Column("in", "text", Catalog.Kind.TEXT, true),
                    new Catalog.Column("live", "boolean", Catalog.Kind.BOOLEAN, false),
                    new Catalog.Column("token", "uuid", Catalog.Kind.UUID, false),
                    new Catalog.Column("day", "date", Catalog.Kind.OTHER, false),
                    new Catalog.Column("at", "timestamp with time zone", Catalog.Kind.OTHER, false),
                    new Catalog.Column("bytes", "bytea", Catalog.Kind.OTHER, true),
                    new Catalog.Column("attrs", "jsonb", Catalog.Kind.OTHER, true),
                    new Catalog.Column("tags", "text[]", Catalog.Kind.OTHER, true)),
            List.of(List.of("id")),
            new Catalog.OldRow.Everything());

    private static List<String> problems(String source, View view, Use use) {
        assertThat(Expressions.compile(source, view)).as(source).isInstanceOf(Compiled.Ready.class);
        return Expressions.mistyped(source, view, use, Optional.of(TABLE), Map.of()).stream()
                .map(problem -> problem.offset() + " | " + problem.message())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id > 'a' | 3 | '>' has no order between an integer and text",
                "name <= stock | 5 | '<=' has no order between text and an integer",
                "live < 1 | 5 | '<' has no order between a boolean and an integer",
                "token > 'a' | 6 | '>' has no order between a UUID and text",
                "at > 1 | 3 | '>' has no order between text or a timestamp and an integer",
                "bytes > bytes | 6 | '>' has no order between bytes and bytes",
                "[1] < tags | 4 | '<' has no order between a list",
                "id == 'a' | 3 | an integer is never the same as text",
                "name != 3 | 5 | text is never the same as an integer",
                "live == \"true\" | 5 | a boolean is never the same as text",
                "token == id | 6 | a UUID is never the same as an integer",
                "price + name | 6 | '+' joins text with text, not with a decimal; write text(x)",
                "name + 1 | 5 | '+' joins text with text, not with an integer; write text(x)",
                "live + 1 | 0 | '+' takes numbers, not a boolean",
                "1 - token | 4 | '-' takes numbers, not a UUID",
                "name * 2 | 0 | '*' takes numbers, not text",
                "-name | 1 | '-' takes numbers, not text",
                "price / 2 | 6 | decimals are not divided, since few quotients are exact; write double(x) / y",
                "price / 2.0 | 6 | decimals are not divided",
                "price % 2 | 6 | '%' takes integers",
                "weight % 2 | 7 | '%' takes integers",
                "at + 1 | 0 | '+' takes numbers, not text or a timestamp",
                "lower(id) | 0 | lower() takes text, not an integer; write text(x) for the text of x",
                "hash(lower(price)) | 5 | lower() takes text, not a decimal",
                "id.startsWith('a') | 3 | startsWith() takes text, not an integer",
                "name.contains(id) | 5 | contains() takes text, not an integer",
                "stock.matches('a') | 6 | matches() takes text, not an integer",
                "size(id) | 0 | size() takes text, bytes, a list or a map, not an integer",
                "live.size() | 5 | size() takes text, bytes, a list or a map, not a boolean",
                "int(live) | 0 | int() takes a number or text, not a boolean",
                "double(token) | 0 | double() takes a number or text, not a UUID",
                "date(name, 'yyyy') | 0 | date() takes a date, a time of day, a timestamp without zone or a timestamp",
                "shard(id, name) | 0 | shard() takes an integer, not text",
                "!price | 1 | '!' takes a condition, not a decimal",
                "live && name | 8 | '&&' takes a condition, not text",
                "`stock || live` | 0 | `'||' takes a condition, not an integer`",
                "name ? 1 : 2 | 0 | '?' takes a condition, not text",
                "lower(live ? id : stock) | 0 | lower() takes text, not an integer",
                "id in name | 3 | 'in' looks into a list or a map, not into text",
                "id in [1, 'a'] | 10 | an integer is never the same as text",
                "id in [stock, name] | 14 | an integer is never the same as text",
                "name in [[name]] | 9 | text is never the same as a list",
                "name in ['a', lower(id)] | 14 | lower() takes text",
                "name.length | 4 | only maps have members, and this is text",
                "id[0] | 0 | only maps and lists have members, and this is an integer",
                "name.exists(x, true) | 0 | a loop goes over a list or a map, and this is text",
                "tags.filter(x, id) | 15 | 'filter' takes a condition, not an integer",
                "tags.all(x, lower(x) == id + 1) | 21 | text is never the same as an integer",
                "tags.map(x, lower(id)) | 12 | lower() takes text",
                "row.id > 'a' | 7 | '>' has no order",
                "row[\"in\"] > 1 | 10 | '>' has no order between text and an integer",
                "{'a': !id} | 7 | '!' takes a condition",
                "[lower(id)] | 1 | lower() takes text",
                "table.name > 1 | 11 | '>' has no order between text and an integer"
            })
    void whatCanNeverWorkIsToldWithItsPlace(String source, int offset, String message) {
        assertThat(problems(source, View.ROW, Use.ANYTHING))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(offset + " | " + message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "id > stock && id >= price && price < weight && weight <= 2.5",
                "id > 1.5 || price > 1",
                "name > 'a'",
                "live == true && live != false && live > false",
                "name == null || id != null || null == null",
                "id > null",
                "lower(null)",
                "token == 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' && token == name",
                "day > '2026-01-31' && at >= day && day == \"infinity\"",
                "day + 'x'",
                "id / 2 + id % 2 + weight / 2 + id / 2.0",
                "double(price) / 2",
                "price * 2 - id + weight",
                "-price + -weight",
                "name + text(id) + text(price) + string(live)",
                "tags + ['a']",
                "lower(name) == 'a' && name.startsWith(upper(name)) && name.matches('a+')",
                "size(name) + size(tags) + size(bytes) + size(attrs) > 3",
                "int(name) + int(weight) > 2",
                "hash(id) + hash(attrs) + hash(live)",
                "shard(name, 4) < id",
                "date(day, 'yyyy') + date(at, 'MM') + date(attrs.until, 'dd')",
                "attrs.colour == 'red' || attrs.size > 3 || attrs['x'].y < 'a'",
                "attrs > 3 && attrs + 1 == 2 && !attrs.x && lower(attrs.name) == 'a'",
                "json(name).x + 1 > 3",
                "has(attrs.x) && attrs.x ? id : name",
                "(live ? id : name) > 3",
                "(live ? null : id) > 3",
                "tags.exists(x, x == 'a') && tags.map(x, x + 1)[0] == 'b'",
                "tags.filter(name, name > 3).size() > 0",
                "id in [1, 2] && name in tags && 'x' in attrs && name in {'a': 1}",
                "id in [1.5, null, price, weight] && null in [1, 'a'] && id in []",
                "token in ['a', name] && attrs.x in [1, 'a'] && [1] in [[1], ['a']]",
                "unheard_of + 1 > size(unheard_of) && lower(unheard_of) == unheard_of.x"
            })
    void whatMayWorkIsLeftAlone(String source) {
        assertThat(problems(source, View.ROW, Use.ANYTHING)).isEmpty();
    }

    @Test
    void whatAnExpressionIsForDecidesWhatItMustComeTo() {
        assertThat(problems("name", View.ROW, Use.CONDITION))
                .containsExactly("0 | a condition must be true or false, and this is text");
        assertThat(problems("price * 2", View.ROW, Use.CONDITION))
                .containsExactly("6 | a condition must be true or false, and this is a decimal");
        assertThat(problems("name", View.ROW, Use.SCORE)).containsExactly("0 | a score is a number, and this is text");
        assertThat(problems("name", View.ROW, Use.MOMENT))
                .containsExactly("0 | a moment is a timestamp or a date, and this is text");
        assertThat(problems("id", View.ROW, Use.MOMENT)).hasSize(1);
        for (String condition : List.of("live", "null", "attrs.x", "id > 3", "name == 'a'", "attrs")) {
            assertThat(problems(condition, View.ROW, Use.CONDITION)).isEmpty();
        }
        for (String score : List.of("id", "price", "weight", "attrs.rank", "null", "id + price")) {
            assertThat(problems(score, View.ROW, Use.SCORE)).isEmpty();
        }
        for (String moment : List.of("day", "at", "attrs.until", "null")) {
            assertThat(problems(moment, View.ROW, Use.MOMENT)).isEmpty();
        }
    }

    @Test
    void theEventHasTheColumnsOfTheTable() {
        assertThat(problems("before.id > after.name", View.EVENT, Use.CONDITION))
                .containsExactly("10 | '>' has no order between an integer and text");
        assertThat(problems("change.op == 1", View.EVENT, Use.CONDITION)).hasSize(1);
        assertThat(problems("change.committed_at > at && before.price < after.price", View.EVENT, Use.CONDITION))
                .isEmpty();
    }

    @Test
    void nothingIsSaidOfWhatAQueryFound() {
        assertThat(problems("p.id > 3 && lower(p.id) == p['x']", View.ROW.with("p"), Use.CONDITION))
                .isEmpty();
    }

    @Test
    void aNameHasTheKindOfItsExpression() {
        Map<String, Expression> names =
                Map.of("label", TestScope.compile("text(id)"), "count", TestScope.compile("stock + 1"));

        assertThat(Expressions.mistyped("label > count", View.ROW, Use.CONDITION, Optional.of(TABLE), names))
                .extracting(SyntaxProblem::message)
                .containsExactly("'>' has no order between text and an integer");
        assertThat(Expressions.mistyped("label + 'x'", View.ROW, Use.ANYTHING, Optional.of(TABLE), names))
                .isEmpty();
    }

    @Test
    void withoutATableNothingIsSaid() {
        assertThat(Expressions.mistyped("id > 'a' && !name", View.ROW, Use.CONDITION, Optional.empty(), Map.of()))
                .isEmpty();
    }

    @Test
    void everyMistakeIsTold() {
        assertThat(problems("lower(id) > 3 && !name", View.ROW, Use.CONDITION).stream()
                        .map(problem -> problem.substring(0, problem.indexOf(' ')))
                        .collect(Collectors.joining(",")))
                .isEqualTo("0,10,18");
    }
}
