package dev.freshet.connector.kafka.group;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Object byConnect(String text) {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), false);
            return converter.toConnectData("topic", bytes(text)).value();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "null",
                "true",
                "false",
                "\"text\"",
                "17",
                "-9223372036854775808",
                "9223372036854775807",
                "1.5",
                "1e3",
                "0.1234567890123456789012345678901234567890",
                "1e400",
                "[]",
                "{}",
                "[1, [2.5, null], {\"a\": [true]}]",
                "{\"a\": 1, \"b\": {\"c\": null, \"d\": \"\"}, \"a\": 2}",
                "{\"\": \"\\u00e4\\n\\ud83d\\ude00\", \"\u00fc\": \"\u00fc\"}",
                "{\"a\": 1} what follows is not looked at",
            })
    void makesOfItWhatConnectsConverterMakes(String text) {
        assertThat(new PlainJson().read(bytes(text))).isEqualTo(byConnect(text));
    }

    @Test
    void makesTheSameOfItWhateverItReadBefore() {
        PlainJson json = new PlainJson();
        List<String> records = List.of(
                "{\"a\": 1, \"b\": {\"c\": \"x\"}, \"d\": \"one\"}",
                "{\"a\": 2, \"b\": {\"c\": \"x\"}, \"d\": \"two\"}",
                "{\"a\": 3, \"b\": null, \"d\": null}",
                "{\"a\": 4, \"b\": {\"c\": \"y\", \"e\": true}, \"d\": \"two\"}",
                "{\"a\": 5, \"b\": {}, \"d\": [\"two\", \"two\", {\"c\": 1}, {\"c\": \"two\"}, {\"d\": 2}]}",
                "{\"a\": 6, \"d\": \"\", \"b\": \"two\"}",
                "{\"a\": 7, \"d\": \"\"}",
                "{\"a\": 8, \"d\": \"\", \"d\": \"again\"}",
                "{\"a\": 9, \"d\": \"\"}",
                "{\"a\"",
                "{\"a\": 10, \"d\": \"\"}",
                "[{\"a\": 11}]",
                "{}",
                "{\"a\": 12}");
        List<Object> read = new ArrayList<>();
        for (String record : records) {
            if (record.endsWith("}") || record.endsWith("]")) {
                read.add(json.read(bytes(record)));
                // What was read before stays what it was.
                assertThat(read)
                        .isEqualTo(records.stream()
                                .filter(each -> !each.equals("{\"a\""))
                                .limit(read.size())
                                .map(PlainJsonTest::byConnect)
                                .toList());
            } else {
                assertThatThrownBy(() -> json.read(bytes(record))).isInstanceOf(DataException.class);
            }
        }
    }

    @Test
    void keepsWhatRecordsHaveInCommonOnce() {
        PlainJson json = new PlainJson();
        json.read(bytes("{\"table\": \"product\", \"id\": 0}"));
        Map<?, ?> one = (Map<?, ?>) requireNonNull(json.read(bytes("{\"table\": \"product\", \"id\": 1}")));
        Map<?, ?> other = (Map<?, ?>) requireNonNull(json.read(bytes("{\"table\": \"product\", \"id\": 2}")));
        assertThat(one.get("table")).isSameAs(other.get("table"));
        assertThat(one.keySet()).isSameAs(other.keySet()).isSameAs(Set.copyOf(one.keySet()));
        assertThat(one.get("id")).isNotEqualTo(other.get("id"));
        assertThat(one.get("none")).isNull();
        assertThat(one.containsKey("none")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"swordfish\"",
                "[1,",
                "[1 2]",
                "{\"a\" 1}",
                "{'a': 1}",
                "swordfish",
                "NaN",
                "[NaN]",
                "}",
                "]"
            })
    void refusesWhatConnectsConverterRefusesAndTellsNothingOfIt(String text) {
        assertThatThrownBy(() -> byConnect(text)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new PlainJson().read(bytes(text)))
                .isInstanceOf(DataException.class)
                .hasMessage("it is no JSON that can be read")
                .hasNoCause();
    }

    @Test
    void aWholeNumberThatIsNoLongIsNotTakenForAnotherNumber() {
        assertThat(byConnect("9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThatThrownBy(() -> new PlainJson().read(bytes("[9223372036854775808]")))
                .isInstanceOf(DataException.class);
    }
}
