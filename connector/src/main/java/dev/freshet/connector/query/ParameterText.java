package dev.freshet.connector.query;

import dev.freshet.rules.expression.FoundRows;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as PostgreSQL reads them from text. */
final class ParameterText {
    private ParameterText() {}

    /** {@code type} is what the text will be cast to. */
    static @Nullable String of(@Nullable Object value, String type) {
        return switch (value) {
            case null -> null;
            case BigDecimal decimal -> number(decimal, type);
            case Double real when Double.isFinite(real) && isWhole(type) -> number(BigDecimal.valueOf(real), type);
            case Double real -> Double.toString(real);
            case ByteBuffer bytes -> "\\x" + HexFormat.of().formatHex(bytes(bytes));
            case List<?> list when !isJson(type) -> array(list);
            case Map<?, ?> map when type.endsWith("hstore\"") -> hstore(map);
            default -> FoundRows.text(value);
        };
    }

    /** A whole number of JSON or of a decimal column is one where the query compares integers. */
    private static String number(BigDecimal decimal, String type) {
        boolean goes = isWhole(type) && decimal.stripTrailingZeros().scale() <= 0;
        return (goes ? decimal.setScale(0, RoundingMode.UNNECESSARY) : decimal).toPlainString();
    }

    private static boolean isWhole(String type) {
        return type.equals("\"int2\"") || type.equals("\"int4\"") || type.equals("\"int8\"");
    }

    private static boolean isJson(String type) {
        return type.equals("\"json\"") || type.equals("\"jsonb\"");
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    private static String array(List<?> list) {
        return list.stream().map(ParameterText::element).collect(Collectors.joining(",", "{", "}"));
    }

    private static String element(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case List<?> inner -> array(inner);
            default -> quoted(String.valueOf(of(value, "text")));
        };
    }

    private static String hstore(Map<?, ?> map) {
        return map.entrySet().stream()
                .map(entry -> quoted(String.valueOf(entry.getKey())) + "=>"
                        + (entry.getValue() == null ? "NULL" : quoted(String.valueOf(entry.getValue()))))
                .collect(Collectors.joining(","));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
