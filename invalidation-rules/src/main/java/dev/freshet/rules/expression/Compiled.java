package dev.freshet.rules.expression;

import java.util.List;

/**
 * What came of a text in a rule file.
 *
 * @param <T> what it was to become
 */
public sealed interface Compiled<T> {
    record Ready<T>(T value) implements Compiled<T> {}

    /** At least one problem, in the order of the text. */
    record Refused<T>(List<SyntaxProblem> problems) implements Compiled<T> {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
