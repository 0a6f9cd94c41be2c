package dev.freshet.sidecar.demo.edge;

import java.util.concurrent.CompletableFuture;

/** What is to be done for a reader. */
sealed interface Lookup {
    /** Nothing more. */
    record Hit(Served served) implements Lookup {}

    /** Wait: another reader has asked the origin for the same page. */
    record Join(CompletableFuture<Served> answer) implements Lookup {}

    /** Ask the origin, and tell the cache what it said or that it did not answer. */
    record Miss(Fetch fetch) implements Lookup {}
}
