package dev.freshet.rules.expression;

import dev.freshet.rules.catalog.Catalog;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a value that is not NULL can be, as {@link Kinds} names it. */
enum ValueKind {
    BOOLEAN("a boolean"),
    INTEGER("an integer"),
    DECIMAL("a decimal"),
    DOUBLE("a double"),
    TEXT("text"),
    BYTES("bytes"),
    UUID("a UUID"),
    DATE("a date"),
    TIME("a time of day"),
    LOCAL_TIMESTAMP("a timestamp without zone"),
    TIMESTAMP("a timestamp"),
    LIST("a list"),
    MAP("a map");

    static final Set<ValueKind> ANY = Set.of(values());
    static final Set<ValueKind> NUMBERS = Set.of(INTEGER, DECIMAL, DOUBLE);
    static final Set<ValueKind> TIMES = Set.of(DATE, TIME, LOCAL_TIMESTAMP, TIMESTAMP);

    private final String phrase;

    ValueKind(String phrase) {
        this.phrase = phrase;
    }

    /** Those that a column can hold; all where the catalogue does not tell. Infinite dates and times are text. */
    static Set<ValueKind> of(Catalog.Column column) {
        return switch (column.kind()) {
            case INTEGER -> Set.of(INTEGER);
            case DECIMAL -> Set.of(DECIMAL);
            case BOOLEAN -> Set.of(BOOLEAN);
            case UUID -> Set.of(UUID);
            case TEXT -> Set.of(TEXT);
            case OTHER ->
                switch (column.type()) {
                    case "real", "double precision" -> Set.of(DOUBLE);
                    case "date" -> Set.of(DATE, TEXT);
                    case "timestamp without time zone" -> Set.of(LOCAL_TIMESTAMP, TEXT);
                    case "timestamp with time zone" -> Set.of(TIMESTAMP, TEXT);
                    case "bytea" -> Set.of(BYTES);
                    default -> ANY;
                };
        };
    }

    boolean isNumber() {
        return NUMBERS.contains(this);
    }

    boolean isTime() {
        return TIMES.contains(this);
    }

    /** {@code text}, {@code a number}, {@code a list or a map}. */
    static String name(Collection<ValueKind> kinds) {
        EnumSet<ValueKind> left = EnumSet.copyOf(kinds);
        boolean numbers = left.containsAll(NUMBERS);
        if (numbers) {
            left.removeAll(NUMBERS);
        }
        List<String> phrases = Stream.concat(
                        numbers ? Stream.of("a number") : Stream.empty(),
                        left.stream().map(kind -> kind.phrase))
                .toList();
        int last = phrases.size() - 1;
        return last == 0
                ? phrases.getFirst()
                : phrases.subList(0, last).stream().collect(Collectors.joining(", ")) + " or " + phrases.get(last);
    }
}
