package dev.freshet.connector.kafka.group;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/** Makes of a record's bytes what a sink of Kafka Connect would be given. Used by one thread. */
final class RecordConverter {
    private final Converter keys;
    private final Converter values;

    RecordConverter(Conversion keys, Conversion values) {
        this.keys = converter(keys, true);
        this.values = converter(values, false);
    }

    private static Converter converter(Conversion conversion, boolean isKey) {
        return switch (conversion) {
            case Conversion.Json() -> new EitherJson(isKey);
            case Conversion.ByClass(String type, Map<String, String> properties) -> {
                try {
                    Converter made = Class.forName(type)
                            .asSubclass(Converter.class)
                            .getDeclaredConstructor()
                            .newInstance();
                    made.configure(properties, isKey);
                    yield made;
                } catch (ReflectiveOperationException | ClassCastException e) {
                    throw new IllegalArgumentException(type + " is no converter that can be loaded: " + e, e);
                }
            }
        };
    }

    /** @throws DataException where the bytes are not what they should be */
    SinkRecord convert(ConsumerRecord<byte[], byte[]> record) {
        SchemaAndValue key = keys.toConnectData(record.topic(), record.headers(), record.key());
        SchemaAndValue value = values.toConnectData(record.topic(), record.headers(), record.value());
        return new SinkRecord(
                record.topic(),
                record.partition(),
                key.schema(),
                key.value(),
                value.schema(),
                value.value(),
                record.offset(),
                record.timestamp(),
                record.timestampType() == TimestampType.NO_TIMESTAMP_TYPE ? null : record.timestampType(),
                headers(record.headers()));
    }

    private static ConnectHeaders headers(Headers sent) {
        ConnectHeaders headers = new ConnectHeaders();
        sent.forEach(header -> {
            if (header.value() != null) {
                headers.addString(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        });
        return headers;
    }

    /** JSON as Connect's own converter writes it, with schemas and without. */
    private static final class EitherJson implements Converter {
        private static final byte[] ENVELOPE = "{\"schema\":".getBytes(StandardCharsets.UTF_8);

        private final JsonConverter withSchemas = new JsonConverter();
        private final Map<String, PlainJson> plain = new HashMap<>();

        EitherJson(boolean isKey) {
            Map<String, Object> settings = new HashMap<>();
            settings.put("schemas.enable", "true");
            withSchemas.configure(settings, isKey);
        }

        @Override
        public void configure(Map<String, ?> properties, boolean isKey) {}

        @Override
        public byte[] fromConnectData(String topic, org.apache.kafka.connect.data.Schema schema, Object value) {
            throw new UnsupportedOperationException("nothing is written");
        }

        @Override
        public SchemaAndValue toConnectData(String topic, byte @Nullable [] bytes) {
            if (bytes == null) {
                return SchemaAndValue.NULL;
            }
            return hasSchema(bytes)
                    ? withSchemas.toConnectData(topic, bytes)
                    : new SchemaAndValue(
                            null,
                            plain.computeIfAbsent(topic, each -> new PlainJson())
                                    .read(bytes));
        }

        private static boolean hasSchema(byte[] bytes) {
            return bytes.length > ENVELOPE.length
                    && java.util.Arrays.equals(bytes, 0, ENVELOPE.length, ENVELOPE, 0, ENVELOPE.length);
        }
    }
}
