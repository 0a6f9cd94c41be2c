package dev.freshet.connector.kafka.task;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** About how many bytes a record holds: Connect does not tell how many it was sent as. */
final class Weight {
    private static final int OF_A_VALUE = 16;

    private Weight() {}

    static int of(SinkRecord record) {
        return (int) Math.min(Integer.MAX_VALUE, of(record.key()) + of(record.value()));
    }

    private static long of(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case CharSequence text -> OF_A_VALUE + text.length();
            case byte[] bytes -> OF_A_VALUE + bytes.length;
            case ByteBuffer bytes -> OF_A_VALUE + bytes.remaining();
            case Map<?, ?> map -> OF_A_VALUE + all(map.keySet()) + all(map.values());
            case Collection<?> items -> OF_A_VALUE + all(items);
            case Struct struct -> {
                long sum = OF_A_VALUE;
                for (Field field : struct.schema().fields()) {
                    sum += of(struct.getWithoutDefault(field.name()));
                }
                yield sum;
            }
            default -> OF_A_VALUE;
        };
    }

    private static long all(Collection<?> values) {
        long sum = 0;
        for (Object each : values) {
            sum += of(each);
        }
        return sum;
    }
}
