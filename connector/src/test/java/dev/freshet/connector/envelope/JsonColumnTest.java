package dev.freshet.connector.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonColumnTest {
    private static final int SMALL_STACK = 768 << 10;

    @Test
    void membersKeepTheirOrderAndNumbersTheirDigits() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("b", List.of(1L, new BigDecimal("9223372036854775808"), new BigDecimal("1.50"), Map.of()));
        expected.put("a", List.of(true, "x", List.of()));

        Object read = JsonColumn.read("{\"b\": [1, 9223372036854775808, 1.50, {}], \"a\": [true, \"x\", []]}");

        assertThat(read).hasToString(expected.toString()).isEqualTo(expected);
    }

    @Test
    void ofMembersOfOneNameTheLastCounts() {
        assertThat(JsonColumn.read("{\"a\": {\"a\": 1}, \"a\": 2}")).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void aNumberHasAsManyDigitsAsInTheDatabase() {
        String digits = "7".repeat(131_072) + "." + "3".repeat(16_383);
        assertThat(JsonColumn.read(digits)).isEqualTo(new BigDecimal(digits));
    }

    @Test
    void aTextHasAsManyCharactersAsInTheDatabase() {
        String text = "x".repeat(150_000_000);
        assertThat(JsonColumn.read('"' + text + '"')).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"a\":[]}"})
    void theDeepestValueIsReadAndComparedOnASmallStack(String level) throws Exception {
        int levels = JsonColumn.MAX_DEPTH * 2 / (level.length() == 2 ? 2 : 4);
        int half = level.indexOf("[]") + 1;
        String text =
                level.substring(0, half).repeat(levels) + level.substring(half).repeat(levels);
        CompletableFuture<Boolean> same = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        same.complete(Objects.equals(JsonColumn.read(text), JsonColumn.read(text)));
                    } catch (Throwable e) {
                        same.completeExceptionally(e);
                    }
                },
                "small stack",
                SMALL_STACK);
        thread.start();
        thread.join();
        assertThat(same.get()).isTrue();
    }

    @Test
    void whatNestsDeeperIsRefusedWithoutItsContent() {
        String text = "[".repeat(100_000) + "]".repeat(100_000);
        assertThatThrownBy(() -> JsonColumn.read(text))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("it is JSON that nests deeper than 1500 levels or has a number of more than 150000 digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "nul", "{\"secret\": x}"})
    void whatIsNoJsonIsRefusedWithoutItsContent(String text) {
        assertThatThrownBy(() -> JsonColumn.read(text))
                .isInstanceOf(UnreadableException.class)
                .hasMessageStartingWith("it is ")
                .hasMessageNotContaining("secret");
    }
}
