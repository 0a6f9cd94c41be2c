package dev.freshet.rules.yaml;

import dev.freshet.rules.expression.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A kind of scalar: how it is spelled and what it means. */
@FunctionalInterface
public interface Kind<T> {
    Answer<T> read(String text);

    /** Any text but none. */
    Kind<String> TEXT = text -> text.isEmpty() ? Answer.isNot("a text that is not empty") : Answer.is(text);

    /** Any text, also an empty one. */
    Kind<String> ANY_TEXT = Answer::is;

    /** A text that is not shown again. */
    Kind<Secret> SECRET = TEXT.map(Secret::new);

    /** {@code true} or {@code false}; YAML 1.2 knows no {@code yes}. */
    Kind<Boolean> FLAG = words(Map.of("true", true, "false", false), Set.of());

    /** {@code 500ms}, {@code 30s}, {@code 15m}, {@code 24h}, {@code 7d}; longer than nothing. */
    Kind<Duration> DURATION = Quantity.DURATION.map(Duration::ofMillis);

    /** {@code 64KB}, {@code 128MB}, {@code 20GB}, in bytes; 1KB is 1,024 bytes. */
    Kind<Long> SIZE = Quantity.SIZE;

    /** A whole number within bounds, both included. */
    static Kind<Integer> whole(int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        Pattern digits = Pattern.compile("-?[0-9]{1,10}");
        return text -> {
            if (!digits.matcher(text).matches()) {
                return Answer.isNot(expected);
            }
            long number = Long.parseLong(text);
            return number < least || number > most ? Answer.isNot(expected) : Answer.is((int) number);
        };
    }

    /** A text of a given form. */
    static Kind<String> matching(Pattern form, String expected) {
        return text -> form.matcher(text).matches() ? Answer.is(text) : Answer.isNot(expected);
    }

    /**
     * One of some words.
     *
     * @param words the words and what they mean
     * @param later words of the language that this version does not know yet
     */
    static <T> Kind<T> words(Map<String, T> words, Collection<String> later) {
        Map<String, T> known = new LinkedHashMap<>(words);
        String expected = known.keySet().stream().sorted().collect(Collectors.joining(", "));
        List<String> all = new ArrayList<>(known.keySet());
        all.addAll(later);
        return text -> {
            T meaning = known.get(text);
            if (meaning != null) {
                return Answer.is(meaning);
            }
            return later.contains(text)
                    ? new Answer.Refused<>(
                            Code.NOT_SUPPORTED, "'" + text + "' is not supported by this version; allowed: " + expected)
                    : new Answer.IsNot<>(oneOf(expected), Spelling.nearest(text, all));
        };
    }

    private static String oneOf(String words) {
        int last = words.lastIndexOf(", ");
        return last < 0 ? words : words.substring(0, last) + " or " + words.substring(last + 2);
    }

    /** This kind with a bound. */
    default Kind<T> within(Predicate<T> bound, String expected) {
        return text -> switch (read(text)) {
            case Answer.Is<T> is -> bound.test(is.value()) ? is : Answer.isNot(expected);
            case Answer.IsNot<T> isNot -> isNot;
            case Answer.Refused<T> refused -> refused;
        };
    }

    default <R> Kind<R> map(Function<? super T, ? extends R> change) {
        return text -> read(text).map(change);
    }
}
