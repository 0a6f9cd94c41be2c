package dev.freshet.connector.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterTextTest {
    @Test
    void valuesAreWrittenAsPostgresqlReadsThem() {
        assertThat(ParameterText.of(null, "\"int8\"")).isNull();
        assertThat(ParameterText.of(17L, "\"int8\"")).isEqualTo("17");
        assertThat(ParameterText.of(new BigDecimal("1E+3"), "\"numeric\"")).isEqualTo("1000");
        assertThat(ParameterText.of(Double.NaN, "\"float8\"")).isEqualTo("NaN");
        assertThat(ParameterText.of(ByteBuffer.wrap(new byte[] {1, -1}), "\"bytea\""))
                .isEqualTo("\\x01ff");
    }

    @Test
    void wholeNumbersAreIntegersWhereThoseAreWanted() {
        assertThat(ParameterText.of(1.0, "\"int4\"")).isEqualTo("1");
        assertThat(ParameterText.of(1e3, "\"int8\"")).isEqualTo("1000");
        assertThat(ParameterText.of(new BigDecimal("17.00"), "\"int8\"")).isEqualTo("17");
        assertThat(ParameterText.of(new BigDecimal("17.50"), "\"int8\"")).isEqualTo("17.50");
        assertThat(ParameterText.of(Double.NaN, "\"int8\"")).isEqualTo("NaN");
        assertThat(ParameterText.of(1.0, "\"float8\"")).isEqualTo("1.0");
    }

    @Test
    void listsAreArraysWhereJsonIsNotWanted() {
        List<?> list = Arrays.asList("a \"b\\", null, List.of(1L, 2L));

        assertThat(ParameterText.of(list, "\"_text\"")).isEqualTo("{\"a \\\"b\\\\\",NULL,{\"1\",\"2\"}}");
        assertThat(ParameterText.of(List.of("a", 1L), "\"jsonb\"")).isEqualTo("[\"a\",1]");
    }

    @Test
    void mapsAreJsonWhereHstoreIsNotWanted() {
        assertThat(ParameterText.of(Map.of("a", "x\"y"), "\"hstore\"")).isEqualTo("\"a\"=>\"x\\\"y\"");
        assertThat(ParameterText.of(Map.of("a", "x"), "\"json\"")).isEqualTo("{\"a\":\"x\"}");
    }
}
