package dev.freshet.rules.yaml;

import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that is wrong, or doubtful, in a file.
 *
 * @param code what kind of thing
 * @param place where
 * @param path the node's path, such as {@code rules.product.put[0].key}; empty for the whole file
 * @param message what it is and what is allowed; holds no secret
 * @param suggestion what to write instead, as a clause such as {@code did you mean 'table'?}
 */
public record Problem(Code code, Place place, String path, String message, Optional<String> suggestion)
        implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER =
            Comparator.comparing(Problem::place).thenComparing(Problem::path).thenComparing(Problem::message);

    static Problem atValue(Spot spot, Code code, String message) {
        return new Problem(code, spot.value(), spot.path(), message, Optional.empty());
    }

    static Problem atName(Spot spot, Code code, String message) {
        return new Problem(code, spot.name(), spot.path(), message, Optional.empty());
    }

    /** Another problem of the same node. */
    Problem saying(Code other, String words) {
        return new Problem(other, place, path, words, Optional.empty());
    }

    /** The same with what to write instead. */
    Problem suggesting(String clause) {
        return new Problem(code, place, path, message, Optional.of(clause));
    }

    /** The same with a spelling to take instead, if there is one. */
    Problem suggestingSpelling(Optional<String> nearest) {
        return nearest.map(word -> suggesting("did you mean '" + word + "'?")).orElse(this);
    }

    public boolean isError() {
        return code.severity() == Code.Severity.ERROR;
    }

    /** What it is, what is allowed, and what to write instead, without the place. */
    public String text() {
        return message + suggestion.map(clause -> "; " + clause).orElse("");
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column path: message; suggestion}; a warning says so and names its code, for {@code allow}. */
    @Override
    public String toString() {
        String where = path.isEmpty() ? place.toString() : place + " " + path;
        String kind = switch (code.severity()) {
            case ERROR -> "";
            case WARNING -> "warning " + code.text() + ": ";
        };
        return where + ": " + kind + text();
    }
}
