package dev.freshet.connector.kafka.record;

import dev.freshet.connector.envelope.ColumnKind;
import dev.freshet.connector.envelope.ColumnReader;
import dev.freshet.connector.envelope.ColumnReaders;
import dev.freshet.connector.envelope.UnreadableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decimals in the forms that {@code decimal.handling.mode} and Connect's converters give them. */
final class SentDecimal {
    private static final ColumnReader TEXT = ColumnReaders.text(ColumnKind.DECIMAL);
    private static final Pattern PLAIN = Pattern.compile("-?\\d+(\\.\\d+)?|NaN|-?Infinity");

    /** As Debezium names them. */
    private static final Map<String, Double> NO_DECIMALS = Map.of(
            "NAN",
            Double.NaN,
            "POSITIVE_INFINITY",
            Double.POSITIVE_INFINITY,
            "NEGATIVE_INFINITY",
            Double.NEGATIVE_INFINITY);

    private SentDecimal() {}

    /**
     * A decimal; a NaN or an infinity is a double.
     *
     * <p>Without a schema a precise decimal is the base64 of its digits, and how many of them stand behind the point is not
     * said. Such a text hardly ever looks like a number: most of them end in {@code =}.
     */
    static @Nullable Object of(Object sent) {
        return switch (sent) {
            case BigDecimal decimal -> decimal;
            case Double number -> ofDouble(number);
            case Float number -> ofDouble(Double.parseDouble(number.toString()));
            case Number number -> BigDecimal.valueOf(number.longValue());
            case String text when PLAIN.matcher(text).matches() -> TEXT.read(text);
            case String text when NO_DECIMALS.containsKey(text) -> NO_DECIMALS.get(text);
            case String text ->
                throw new UnreadableException("it is a decimal without its scale; set decimal.handling.mode=string");
            default -> ofVariableScale(sent);
        };
    }

    private static Object ofDouble(double number) {
        return Double.isFinite(number) ? BigDecimal.valueOf(number) : (Object) number;
    }

    private static Object ofVariableScale(Object sent) {
        Structure parts = Structure.of(sent).orElseThrow(() -> new UnreadableException("it is no decimal"));
        long scale = parts.number("scale").orElseThrow(() -> new UnreadableException("it is a decimal without scale"));
        return new BigDecimal(new BigInteger(digits(parts.get("value"))), Math.toIntExact(scale));
    }

    private static byte[] digits(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> bytes;
            case ByteBuffer buffer -> {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(buffer.position(), bytes);
                yield bytes;
            }
            case String base64 -> Base64.getDecoder().decode(base64);
            case null, default -> throw new UnreadableException("it is a decimal without digits");
        };
    }
}
