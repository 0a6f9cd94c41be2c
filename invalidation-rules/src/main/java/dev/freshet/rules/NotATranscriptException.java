package dev.freshet.rules;

/** A text that should be a {@link Transcript} is none, or one that this version does not understand. */
public final class NotATranscriptException extends Exception {
    public NotATranscriptException(String reason) {
        super(reason);
    }
}
