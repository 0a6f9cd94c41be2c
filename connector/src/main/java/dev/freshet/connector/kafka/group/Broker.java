package dev.freshet.connector.kafka.group;

import org.jspecify.annotations.Nullable;

/** What a broker's refusals, and its clients', say to a person. */
public final class Broker {
    private Broker() {}

    /** The innermost reason: the outer ones say only that something failed. */
    public static String reason(@Nullable Throwable error) {
        if (error == null) {
            return "the broker did not answer";
        }
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String says = root.getMessage();
        return says == null ? root.getClass().getSimpleName() : says;
    }
}
