package dev.freshet.sidecar.edges;

import dev.freshet.rules.edge.Rate;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Numbers as people read them. */
final class Figures {
    static final String NONE = "-";

    private Figures() {}

    /** {@code any} where nothing bounds it. */
    static String count(long number) {
        return number == Integer.MAX_VALUE ? "any" : String.format(Locale.ROOT, "%,d", number);
    }

    static String counted(long number, Rate.Unit unit) {
        String one = switch (unit) {
            case CALLS -> "call";
            case NAMES -> "name";
        };
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }

    /** One of a rate's figures; {@code any} where nothing is bounded. */
    static String rate(Optional<Rate> rate, Function<Rate, Integer> figure) {
        return rate.map(of -> counted(figure.apply(of), of.counts())).orElse("any");
    }

    static String yes(boolean is) {
        return is ? "yes" : NONE;
    }

    /** As files say it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
