package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Unknown;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueShapeTest {
    private static final ValueShape ALL = new ValueShape.AllColumns(Set.of());

    @Test
    void columnsMakeAnObjectInTheirOrder() {
        ValueShape shape = new ValueShape.Columns(List.of("name", "id"));
        assertThat(json(shape, "id", 1L, "other", 2L, "name", "tea")).isEqualTo("{\"name\":\"tea\",\"id\":1}");
    }

    @Test
    void allColumnsMakeAnObjectButForTheExceptions() {
        assertThat(json(new ValueShape.AllColumns(Set.of("secret")), "id", 1L, "secret", "x", "n", null))
                .isEqualTo("{\"id\":1,\"n\":null}");
    }

    @Test
    void membersAndElementsNest() {
        Map<String, ValueShape> members = new LinkedHashMap<>();
        members.put("z", leaf("id + 1"));
        members.put("list", new ValueShape.Elements(List.of(leaf("name"), new ValueShape.Columns(List.of("id")))));
        members.put("none", new ValueShape.Elements(List.of()));
        assertThat(json(new ValueShape.Members(members), "id", 1L, "name", null))
                .isEqualTo("{\"z\":2,\"list\":[null,{\"id\":1}],\"none\":[]}");
    }

    @Test
    void everyKindHasItsJson() {
        assertThat(json(
                        ALL,
                        "integer",
                        Long.MIN_VALUE,
                        "decimal",
                        new BigDecimal("1E+2"),
                        "scale",
                        new BigDecimal("1.500"),
                        "double",
                        0.25,
                        "large",
                        1e300,
                        "nan",
                        Double.NaN,
                        "infinite",
                        Double.NEGATIVE_INFINITY,
                        "truth",
                        true,
                        "text",
                        "a\"\\\n\u0001é😀",
                        "bytes",
                        ByteBuffer.wrap(new byte[] {(byte) 0xfb, (byte) 0xff}).asReadOnlyBuffer(),
                        "uuid",
                        new UUID(0, 10),
                        "date",
                        LocalDate.of(2026, 1, 31),
                        "local",
                        LocalDateTime.of(2026, 1, 31, 0, 0),
                        "moment",
                        Instant.EPOCH,
                        "list",
                        Arrays.asList(1L, null, List.of("x")),
                        "map",
                        Map.of("k", Map.of())))
                .isEqualTo("{\"integer\":-9223372036854775808,\"decimal\":100,\"scale\":1.500,\"double\":0.25,"
                        + "\"large\":1e300,\"nan\":\"NaN\",\"infinite\":\"-Infinity\",\"truth\":true,"
                        + "\"text\":\"a\\\"\\\\\\n\\u0001é😀\",\"bytes\":\"+/8=\","
                        + "\"uuid\":\"00000000-0000-0000-0000-00000000000a\",\"date\":\"2026-01-31\","
                        + "\"local\":\"2026-01-31T00:00:00\",\"moment\":\"1970-01-01T00:00:00Z\","
                        + "\"list\":[1,null,[\"x\"]],\"map\":{\"k\":{}}}");
    }

    @Test
    void readingBytesLeavesThemUnread() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3}).asReadOnlyBuffer();
        assertThat(json(ALL, "b", bytes)).isEqualTo(json(ALL, "b", bytes)).isEqualTo("{\"b\":\"AQID\"}");
    }

    @Test
    void halfACharacterStopsNothing() {
        assertThat(json(ALL, "t", "a\ud800b")).isEqualTo("{\"t\":\"a?b\"}");
    }

    @Test
    void aHashHoldsTextsAndNestedJsonAndNoNulls() {
        Map<String, ValueShape> members = new LinkedHashMap<>();
        members.put("price", leaf("price"));
        members.put("gone", leaf("gone"));
        members.put("bytes", leaf("bytes"));
        members.put("nested", new ValueShape.Members(Map.of("gone", leaf("gone"))));
        members.put("list", new ValueShape.Elements(List.of(leaf("price"))));
        members.put("column", leaf("attrs"));
        Object[] row = {
            "price",
            new BigDecimal("9.90"),
            "gone",
            null,
            "bytes",
            ByteBuffer.wrap(new byte[] {(byte) 0xfb, (byte) 0xff}),
            "attrs",
            List.of("a", 1L)
        };
        assertThat(new ValueShape.Members(members).toHash(TestScope.row(row)))
                .containsExactly(
                        entry("price", "9.90"),
                        entry("bytes", "-_8"),
                        entry("nested", "{\"gone\":null}"),
                        entry("list", "[9.90]"),
                        entry("column", "[\"a\",1]"));
    }

    @Test
    void columnsMakeAHashToo() {
        Scope scope = TestScope.row("id", 1L, "name", null);
        assertThat(new ValueShape.Columns(List.of("id", "name")).toHash(scope)).containsExactly(entry("id", "1"));
        assertThat(ALL.toHash(scope)).containsExactly(entry("id", "1"));
        assertThatThrownBy(() -> leaf("id").toHash(scope)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasNotSentIsNamedWithItsRemedy() {
        Scope scope = TestScope.row("id", 1L, "body", Unknown.VALUE);
        for (ValueShape shape : List.of(
                ALL,
                new ValueShape.Columns(List.of("id", "body")),
                leaf("lower(body)"),
                new ValueShape.Members(Map.of("x", new ValueShape.Elements(List.of(leaf("id"), leaf("body"))))))) {
            assertThatThrownBy(() -> shape.toJson(scope))
                    .isInstanceOf(EvaluationException.class)
                    .hasMessage("column 'body' was not sent with this change; give the table REPLICA IDENTITY FULL");
        }
        assertThat(new ValueShape.Columns(List.of("id")).toJson(scope).utf8()).isNotEmpty();
    }

    @Test
    void whatFailsFailsBeforeBytesAreMade() {
        Scope scope = TestScope.row("zero", 0L, "huge", new BigDecimal("1e999999999"), "deep", deep());
        for (String source : List.of("1 / zero", "huge", "[huge]", "deep")) {
            assertThatThrownBy(() -> leaf(source).toJson(scope)).isInstanceOf(EvaluationException.class);
        }
        assertThatThrownBy(() -> new ValueShape.Columns(List.of("missing")).toJson(scope))
                .isInstanceOf(NoSuchColumnException.class);
    }

    @Test
    void itIsKnownWhichColumnsAreRead() {
        ReadColumns some = new ValueShape.Members(
                        Map.of("a", leaf("x + y"), "b", new ValueShape.Elements(List.of(leaf("z")))))
                .columns();
        assertThat(some).isEqualTo(new ReadColumns.Only(Set.of("x", "y", "z")));
        assertThat(some.contains("z")).isTrue();
        assertThat(some.contains("id")).isFalse();
        assertThat(new ValueShape.Columns(List.of("id")).columns()).isEqualTo(new ReadColumns.Only(Set.of("id")));
    }

    @Test
    void allColumnsAreAllButTheExceptionsThatNothingElseReads() {
        ValueShape but = new ValueShape.AllColumns(Set.of("a", "b"));
        assertThat(but.columns().contains("a")).isFalse();
        assertThat(but.columns().contains("id")).isTrue();
        for (ValueShape other : List.of(leaf("a"), new ValueShape.AllColumns(Set.of("b", "c")))) {
            assertThat(new ValueShape.Elements(List.of(but, other)).columns())
                    .isEqualTo(new ReadColumns.AllBut(Set.of("b")));
            assertThat(new ValueShape.Elements(List.of(other, but)).columns())
                    .isEqualTo(new ReadColumns.AllBut(Set.of("b")));
        }
    }

    @Test
    void shapesAndDocumentsAreEqualByContentAndShowNoValues() {
        assertThat(leaf("id")).isEqualTo(leaf("id")).isNotEqualTo(leaf("no"));
        Scope scope = TestScope.row("id", "secret");
        assertThat(ALL.toJson(scope)).isEqualTo(ALL.toJson(TestScope.row("id", "secret")));
        assertThat(ALL.toJson(scope)).isNotEqualTo(ALL.toJson(TestScope.row("id", "other")));
        assertThat(ALL.toJson(scope).toString()).doesNotContain("secret");
    }

    private static Object deep() {
        Object value = 1L;
        for (int i = 0; i < 10_000; i++) {
            value = Map.of("x", value);
        }
        return value;
    }

    private static ValueShape leaf(String source) {
        return new ValueShape.Leaf(TestScope.compile(source));
    }

    private static String json(ValueShape shape, @Nullable Object... row) {
        return new String(shape.toJson(TestScope.row(row)).utf8(), StandardCharsets.UTF_8);
    }
}
