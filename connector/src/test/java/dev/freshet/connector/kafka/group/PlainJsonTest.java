package dev.freshet.connector.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
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
        assertThat(PlainJson.read(bytes(text))).isEqualTo(byConnect(text));
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
        assertThatThrownBy(() -> PlainJson.read(bytes(text)))
                .isInstanceOf(DataException.class)
                .hasMessage("it is no JSON that can be read")
                .hasNoCause();
    }

    @Test
    void aWholeNumberThatIsNoLongIsNotTakenForAnotherNumber() {
        assertThat(byConnect("9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThatThrownBy(() -> PlainJson.read(bytes("[9223372036854775808]"))).isInstanceOf(DataException.class);
    }
}
