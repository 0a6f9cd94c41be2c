package dev.freshet.servers;

import dev.freshet.servers.process.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A network that fails on demand: it stands on a loopback port before a server that keeps running. One virtual thread
 * listens, and two a connection carry bytes; the methods may be called by any thread.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BACKLOG = 100;

    private volatile InetSocketAddress server;
    private final int port = FreePort.find();
    private final Set<TcpLink> links = ConcurrentHashMap.newKeySet();
    private final TcpGate toServer = new TcpGate();
    private final TcpGate toClient = new TcpGate();
    private @Nullable Listener listener;

    private TcpProxy(InetSocketAddress server) {
        this.server = server;
    }

    public static TcpProxy before(Server server) {
        return before(server.host(), server.port());
    }

    public static TcpProxy before(String host, int port) {
        var proxy = new TcpProxy(new InetSocketAddress(host, port));
        proxy.accept();
        return proxy;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    /** Leads new connections to another server, as a name does after a failover; open ones are reset. */
    public void leadTo(Server other) {
        server = new InetSocketAddress(other.host(), other.port());
        cut();
    }

    /** How many connections are open through this proxy. */
    public int connections() {
        return links.size();
    }

    /** Resets every open connection; new ones are welcome. What was under way in them is lost. */
    public void cut() {
        links.forEach(TcpLink::reset);
    }

    /** Resets every open connection and refuses new ones, as a host does on which nobody listens. */
    public synchronized void refuse() {
        closeListener();
        cut();
    }

    /** Listens again after {@link #refuse()}. */
    public synchronized void accept() {
        if (listener != null) {
            return;
        }
        try {
            var opened = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
            listener = new Listener(
                    opened, Thread.ofVirtual().name("tcp-proxy-" + port).start(() -> listen(opened)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loses all that open connections carry, as a router does that has forgotten them; new ones are welcome. */
    public void silence() {
        silence("");
    }

    /** The same for those whose clients said this among their first words. */
    public void silence(String word) {
        links.stream().filter(link -> link.firstWords().contains(word)).forEach(TcpLink::silence);
    }

    /** Lets nothing through from now on, in either direction; connections stay open. */
    public void hang() {
        toServer.shut();
        toClient.shut();
    }

    /** Holds back what the server says, while it still hears everything. */
    public void hangReplies() {
        toClient.shut();
    }

    /** Lets through what was held back, and all that follows. */
    public void flow() {
        toServer.open();
        toClient.open();
    }

    @Override
    public void close() {
        refuse();
        flow();
    }

    private void listen(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                carry(opened.accept());
                if (opened.isClosed()) {
                    cut();
                }
            } catch (IOException closedOrClientGone) {
                // The loop looks whether there is still somebody to listen to.
            }
        }
    }

    private void carry(Socket client) throws IOException {
        var link = new TcpLink(client, new Socket(), links::remove);
        links.add(link);
        link.start(server, toServer, toClient);
    }

    private void closeListener() {
        var current = listener;
        listener = null;
        if (current != null) {
            current.close();
        }
    }

    /** The port is given back by the thread that waits on it, so it is free when that thread has ended. */
    private record Listener(ServerSocket socket, Thread thread) {
        void close() {
            try {
                socket.close();
                thread.join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while a port was to close", e);
            }
        }
    }
}
