package dev.freshet.sidecar.demo;

import java.io.IOException;

/** A part that can be killed while the demo runs. */
interface Breakable {
    /** Ends it between any two of its instructions. */
    void kill() throws InterruptedException;

    void restart() throws IOException;

    /** Returns when it does its work again. */
    void awaitBack() throws DemoException, InterruptedException;
}
