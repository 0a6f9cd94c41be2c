package dev.freshet.connector.kafka.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Debezium writes in place of an unchanged TOAST value: {@code unavailable.value.placeholder} with its default, in a
 * form for each kind of column. Another placeholder is a value like any other.
 */
final class Placeholder {
    static final String TEXT = "__debezium_unavailable_value";

    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final String BASE64 = Base64.getEncoder().encodeToString(BYTES);
    private static final String ID = UUID.nameUUIDFromBytes(BYTES).toString();
    private static final String HSTORE = "{\"" + TEXT + "\":\"" + TEXT + "\"}";

    private Placeholder() {}

    static boolean is(Object sent) {
        return switch (sent) {
            case String text -> text.equals(TEXT) || text.equals(BASE64) || text.equals(HSTORE);
            case byte[] bytes -> isBytes(ByteBuffer.wrap(bytes));
            case ByteBuffer bytes -> isBytes(bytes);
            case Map<?, ?> map -> map.size() == 1 && TEXT.equals(map.get(TEXT));
            case List<?> list -> (list.size() == 1 && isElement(list.getFirst())) || isBytes(list);
            default -> false;
        };
    }

    private static boolean isBytes(ByteBuffer bytes) {
        return bytes.equals(ByteBuffer.wrap(BYTES));
    }

    private static boolean isElement(@Nullable Object element) {
        return element != null && (element.equals(ID) || (!(element instanceof List) && is(element)));
    }

    /** An array of numbers holds a byte in each. */
    private static boolean isBytes(List<?> list) {
        if (list.size() != BYTES.length) {
            return false;
        }
        for (int i = 0; i < BYTES.length; i++) {
            if (!(list.get(i) instanceof Number number) || number.longValue() != BYTES[i]) {
                return false;
            }
        }
        return true;
    }
}
