package dev.freshet.connector.kafka.record;

import dev.freshet.connector.envelope.UnreadableException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values of which nothing but their class says what they are. */
final class PlainValue {
    private PlainValue() {}

    static @Nullable Object of(@Nullable Object sent) {
        return switch (sent) {
            case null -> null;
            case Boolean truth -> truth;
            case String text -> text;
            case Float number -> Double.valueOf(number.toString());
            case Double number -> number;
            case BigDecimal number -> number;
            case Number number -> number.longValue();
            case byte[] bytes -> bytes(ByteBuffer.wrap(bytes));
            case ByteBuffer bytes -> bytes(bytes);
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default ->
                throw new UnreadableException(
                        "it is of the class " + sent.getClass().getSimpleName());
        };
    }

    static ByteBuffer bytes(ByteBuffer sent) {
        return sent.asReadOnlyBuffer();
    }

    private static List<@Nullable Object> list(List<?> sent) {
        List<@Nullable Object> list = new ArrayList<>(sent.size());
        sent.forEach(each -> list.add(of(each)));
        return list;
    }

    /** By the order of its names, since it has none of its own. */
    static Map<String, @Nullable Object> map(Map<?, ?> sent) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        sent.forEach((name, value) -> map.put(String.valueOf(name), of(value)));
        return map;
    }
}
