package dev.freshet.rules.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Names that grow by every element of every list, bounded before they are made. */
final class NameProduct {
    private static final int MAX_NAMES = 100_000;
    private static final long MAX_CHARS = 16 << 20;

    private final UnaryOperator<String> written;
    private List<String> names;

    /** {@code written} says how the text of an element stands in a name. */
    NameProduct(String beginning, UnaryOperator<String> written) {
        this.written = written;
        names = List.of(beginning);
    }

    /** Every name so far with every element that is not NULL, and with the text that follows. */
    void times(List<? extends @Nullable Object> elements, String following) {
        Set<String> endings = new LinkedHashSet<>();
        for (Object element : elements) {
            if (element != null) {
                endings.add(written.apply(TextForm.of(element)) + following);
            }
        }
        long count = (long) names.size() * endings.size();
        if (count > MAX_NAMES) {
            throw new EvaluationException("more than " + MAX_NAMES + " names");
        }
        if (chars(names) * endings.size() + chars(endings) * names.size() > MAX_CHARS) {
            throw new EvaluationException("names of more than " + MAX_CHARS + " characters together");
        }
        List<String> longer = new ArrayList<>((int) count);
        for (String name : names) {
            for (String ending : endings) {
                longer.add(name.concat(ending));
            }
        }
        names = longer;
    }

    Names names() {
        return new Names.Known(List.copyOf(new LinkedHashSet<>(names)));
    }

    private static long chars(Iterable<String> texts) {
        long sum = 0;
        for (String text : texts) {
            sum += text.length();
        }
        return sum;
    }
}
