package dev.freshet.connector.debezium;

/** What an engine shows of itself to whoever watches it. Written by the engine's thread, read by any. */
final class EngineSigns {
    private volatile boolean isStreaming;
    private volatile boolean isAtWork;
    private volatile long heard;

    /** One look at it: whether it follows the log, whether it works at what it has, and how often the server was heard. */
    record Seen(boolean isStreaming, boolean isAtWork, long heard) {}

    /** It has what it asked for, and works at it or waits for the pipeline until {@link #waits}. */
    void works() {
        isAtWork = true;
    }

    /** Something came that the engine did not make by itself, as it makes heartbeats. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
    void hears() {
        heard++;
    }

    /** From now on nothing but the log is read. */
    void streams() {
        isStreaming = true;
    }

    /** It waits for the server. */
    void waits() {
        isAtWork = false;
    }

    Seen seen() {
        return new Seen(isStreaming, isAtWork, heard);
    }
}
