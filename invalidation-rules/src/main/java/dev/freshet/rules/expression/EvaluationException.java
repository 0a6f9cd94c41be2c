package dev.freshet.rules.expression;

/** An expression that has no value for this row (overflow, division by zero, wrong type); the message names no row value. */
public final class EvaluationException extends RuntimeException {
    public EvaluationException(String message) {
        super(message, null, false, false);
    }
}
