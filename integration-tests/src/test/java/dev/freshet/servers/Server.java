package dev.freshet.servers;

/**
 * One running server on a loopback port of its own. It keeps its port and its data directory until it is closed. Used by
 * one thread.
 */
public interface Server extends AutoCloseable {
    String host();

    int port();

    boolean isRunning();

    /** Starts a server that was stopped or killed, on the same port and data, and waits until it answers. */
    void start();

    /** Ends the server in its own orderly way and waits until it is gone. */
    void stop();

    /** Ends the server and its child processes with SIGKILL: nothing is flushed, no connection is closed politely. */
    void kill();

    /** Stops the server's processes where they stand: connections stay open, and nothing answers. */
    void pause();

    void resume();

    default void restart() {
        stop();
        start();
    }

    /** Kills the server and removes what it wrote. */
    @Override
    void close();
}
