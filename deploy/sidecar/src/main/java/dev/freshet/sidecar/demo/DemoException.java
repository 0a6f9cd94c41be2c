package dev.freshet.sidecar.demo;

/** A part of the demo does not do its work; the message says which, and shows the end of its log. */
final class DemoException extends Exception {
    private static final long serialVersionUID = 1;

    DemoException(String message) {
        super(message);
    }

    DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
