package dev.freshet.rules.expression;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** How a value is written into a name, and by {@code text(x)}. */
final class TextForm {
    private static final double PLAIN_FROM = 1e-6;
    private static final double PLAIN_BELOW = 1e21;

    private TextForm() {}

    static String of(Object value) {
        return switch (value) {
            case String text -> text;
            case Long whole -> Long.toString(whole);
            case BigDecimal decimal -> Decimals.text(decimal);
            case Double real -> real(real);
            case ByteBuffer bytes -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(bytes));
            case LocalTime time -> withSeconds(time.toString(), time);
            case LocalDateTime timestamp -> withSeconds(timestamp.toString(), timestamp.toLocalTime());
            case List<?> list -> JsonForm.text(list);
            case Map<?, ?> map -> JsonForm.text(map);
            case JsonFields fields -> JsonForm.text(fields);
            default -> {
                Kinds.name(value);
                yield value.toString();
            }
        };
    }

    static void append(StringBuilder out, Object value) {
        if (value instanceof Long whole) {
            out.append(whole.longValue());
        } else {
            out.append(value instanceof String text ? text : of(value));
        }
    }

    /** As JavaScript writes numbers: 2 for 2.0, digits for what is neither huge nor tiny, the shortest that reads back. */
    static String real(double real) {
        double size = Math.abs(real);
        if (size == 0) {
            return "0";
        }
        if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
            return BigDecimal.valueOf(real).stripTrailingZeros().toPlainString();
        }
        return Double.toString(real).replace(".0E", "e").replace('E', 'e');
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    /** Java leaves out seconds that are zero. */
    private static String withSeconds(String text, LocalTime time) {
        return time.getSecond() == 0 && time.getNano() == 0 ? text + ":00" : text;
    }
}
