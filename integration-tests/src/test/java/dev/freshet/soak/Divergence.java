package dev.freshet.soak;

/** A promise was seen broken. */
final class Divergence extends RuntimeException {
    Divergence(String what) {
        super(what);
    }

    Divergence(String what, Throwable cause) {
        super(what, cause);
    }
}
