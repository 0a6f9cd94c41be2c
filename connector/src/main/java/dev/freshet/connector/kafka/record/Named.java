package dev.freshet.connector.kafka.record;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Values by their names. Headers bring them in other classes than fields do: a number may be text, and text bytes. */
@FunctionalInterface
interface Named {
    Named NOTHING = name -> null;

    /** Null where nothing stands by that name as well. */
    @Nullable
    Object get(String name);

    /** As text, whatever it is. */
    default @Nullable String text(String name) {
        Object value = get(name);
        return switch (value) {
            case null -> null;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            default -> value.toString();
        };
    }

    /** Empty where there is no integer. */
    default OptionalLong number(String name) {
        if (get(name) instanceof Number number) {
            return OptionalLong.of(number.longValue());
        }
        String text = text(name);
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
