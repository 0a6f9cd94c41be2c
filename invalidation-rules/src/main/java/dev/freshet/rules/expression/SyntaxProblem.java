package dev.freshet.rules.expression;

import java.util.Optional;

/**
 * A mistake in an expression or a template.
 *
 * @param offset where it begins or where the operator at fault stands, in chars of the text, from 0 to its length
 * @param message what is wrong, without a full stop
 * @param suggestion what to write instead
 */
public record SyntaxProblem(int offset, String message, Optional<String> suggestion) {
    SyntaxProblem(int offset, String message) {
        this(offset, message, Optional.empty());
    }

    SyntaxProblem(int offset, String message, String suggestion) {
        this(offset, message, Optional.of(suggestion));
    }

    /** The same mistake in a text that begins {@code chars} earlier. */
    SyntaxProblem movedBy(int chars) {
        return new SyntaxProblem(offset + chars, message, suggestion);
    }
}
