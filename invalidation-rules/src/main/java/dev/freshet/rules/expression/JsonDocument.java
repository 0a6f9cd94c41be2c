package dev.freshet.rules.expression;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A value that is known to be writable.
 *
 * @param content as {@link ShapeValue} makes it
 */
record JsonDocument(@Nullable Object content) implements JsonValue {
    @Override
    public byte[] utf8() {
        return JsonForm.write(content).getBytes(StandardCharsets.UTF_8);
    }

    /** Says nothing of the row. */
    @Override
    public String toString() {
        return "JSON";
    }
}
