package dev.freshet.pipeline;

/** A source will be lost again and again until a person has decided something. */
public final class DecisionNeededException extends SourceLostException {
    /** @param message says what there is to decide */
    public DecisionNeededException(String message) {
        super(message);
    }
}
