package dev.freshet.rules.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers above zero with a unit. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})([A-Za-z]+)");

    /** In milliseconds; a hundred years at most, after which servers no longer count. */
    static final Kind<Long> DURATION = of(
            "a duration from 1ms to 36500d, such as 30s (units ms s m h d)",
            Duration.ofDays(36_500).toMillis(),
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L));

    /** In bytes. */
    static final Kind<Long> SIZE = of(
            "a size such as 128MB (units KB MB GB)",
            Long.MAX_VALUE,
            Map.of("KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30));

    private Quantity() {}

    private static Kind<Long> of(String expected, long most, Map<String, Long> units) {
        return text -> {
            Matcher parts = FORM.matcher(text);
            Long unit = parts.matches() ? units.get(parts.group(2)) : null;
            long number = unit == null ? 0 : Long.parseLong(parts.group(1));
            return unit == null || number == 0 || number > most / unit
                    ? Answer.isNot(expected)
                    : Answer.is(number * unit);
        };
    }
}
