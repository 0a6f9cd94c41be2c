package dev.freshet.sidecar.demo;

import ch.qos.logback.classic.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the demo's own process. Freshet, a process of its own, keeps its log. */
final class Logs {
    private Logs() {}

    /** A client that reconnects to a killed server has much to tell; the demo tells what happened in its own words. */
    static void silence() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.OFF);
        }
    }
}
