package dev.freshet.sidecar.demo.edge;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP for this machine alone, on a few threads of its own. */
public final class LoopbackServer implements AutoCloseable {
    private static final int THREADS = 8;

    private final HttpServer server;
    private final ExecutorService threads;

    static {
        // Otherwise a short reply on a kept connection may wait for the acknowledgement of the one before.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /**
     * Listens at once.
     *
     * @param port 0 takes a free one
     * @param name of its threads
     */
    public LoopbackServer(int port, String name, HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().name(name + "-", 0).daemon().factory());
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
    }

    /** The one it listens on, also where 0 was asked for. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
