package dev.freshet.rules.expression;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as compact JSON: numbers with all their digits, NaN and infinities as text, bytes as base64 (RFC 4648, section 4),
 * UUIDs, dates and times as in names.
 */
final class JsonForm {
    /** How deep lists and maps may nest; deeper values are refused before a stack ends. */
    static final int MAX_DEPTH = 500;

    private static final int USUAL_LENGTH = 256;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(2 * MAX_DEPTH)
                    .build())
            .build();

    private JsonForm() {}

    /** {@code depth} plus one. */
    static int deeper(int depth) {
        if (depth >= MAX_DEPTH) {
            throw new EvaluationException("a value nests deeper than " + MAX_DEPTH + " levels");
        }
        return depth + 1;
    }

    /** {@code value} itself, once it is certain that it can be written. */
    static @Nullable Object writable(@Nullable Object value) {
        check(value, 0);
        return value;
    }

    /** Most values are texts and whole numbers, and all of these can be written. */
    private static void check(@Nullable Object value, int depth) {
        if (value instanceof String || value instanceof Long) {
            return;
        }
        switch (value) {
            case null -> {}
            case BigDecimal decimal -> Decimals.bounded(decimal);
            case List<?> list -> {
                for (Object element : list) {
                    check(element, deeper(depth));
                }
            }
            case Map<?, ?> map -> {
                for (Object member : map.values()) {
                    check(member, deeper(depth));
                }
            }
            case JsonFields fields -> {
                for (Object member : fields.values()) {
                    check(member, deeper(depth));
                }
            }
            default -> Kinds.name(value);
        }
    }

    /** @throws EvaluationException where the value is not {@link #writable} */
    static String text(@Nullable Object value) {
        check(value, 0);
        return write(value);
    }

    /** The text of a value that is known to be writable. */
    static String write(@Nullable Object value) {
        StringWriter out = new StringWriter(USUAL_LENGTH);
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case String text -> out.writeString(text);
            case Long whole -> out.writeNumber(whole.longValue());
            case Boolean truth -> out.writeBoolean(truth);
            case BigDecimal decimal -> out.writeNumber(decimal.toPlainString());
            case Double real when Double.isFinite(real) -> out.writeNumber(TextForm.real(real));
            case ByteBuffer bytes -> out.writeBinary(TextForm.bytes(bytes));
            case JsonFields fields -> writeFields(out, fields);
            case List<?> list -> {
                out.writeStartArray();
                for (Object element : list) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    out.writeFieldName((String) member.getKey());
                    write(out, member.getValue());
                }
                out.writeEndObject();
            }
            default -> out.writeString(TextForm.of(value));
        }
    }

    private static void writeFields(JsonGenerator out, JsonFields fields) throws IOException {
        out.writeStartObject();
        for (int i = 0; i < fields.names().size(); i++) {
            out.writeFieldName(fields.names().get(i));
            write(out, fields.values().get(i));
        }
        out.writeEndObject();
    }
}
