package dev.freshet.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One client's connection and the connection made for it, with a virtual thread in each direction. */
final class TcpLink {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MOST_WORDS = 100;
    private static final int MILLIS_TO_CONNECT = 5_000;

    private final Socket client;
    private final Socket server;
    private final Consumer<TcpLink> onEnd;
    private volatile boolean silent;
    private final AtomicReference<String> firstWords = new AtomicReference<>("");
    private final AtomicInteger openDirections = new AtomicInteger(2);

    TcpLink(Socket client, Socket server, Consumer<TcpLink> onEnd) {
        this.client = client;
        this.server = server;
        this.onEnd = onEnd;
    }

    /** Returns at once; the server is called on the link's own thread. */
    void start(InetSocketAddress address, TcpGate toServer, TcpGate toClient) {
        Thread.ofVirtual().name("tcp-link").start(() -> {
            try {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(address, MILLIS_TO_CONNECT);
            } catch (IOException unreachable) {
                reset();
                return;
            }
            Thread.ofVirtual().name("tcp-link-replies").start(() -> carry(server, client, toClient));
            carry(client, server, toServer);
        });
    }

    /** What the client said first, or the beginning of it. */
    String firstWords() {
        return firstWords.get();
    }

    /** Loses all that it is given from now on. */
    void silence() {
        silent = true;
    }

    /** Ends both connections without a goodbye. */
    void reset() {
        for (var socket : List.of(client, server)) {
            try {
                socket.setSoLinger(true, 0);
            } catch (SocketException alreadyClosed) {
                // Nothing is left to lose.
            }
        }
        end();
    }

    private void end() {
        for (var socket : List.of(client, server)) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        onEnd.accept(this);
    }

    private void carry(Socket from, Socket to, TcpGate gate) {
        var buffer = new byte[BUFFER_BYTES];
        try {
            for (int length = read(from, buffer); length >= 0; length = read(from, buffer)) {
                gate.pass();
                if (from.equals(client) && firstWords().length() < MOST_WORDS) {
                    String words = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                    firstWords.updateAndGet(before -> before + words);
                }
                if (!silent) {
                    to.getOutputStream().write(buffer, 0, length);
                }
            }
            gate.pass();
            to.shutdownOutput();
        } catch (IOException broken) {
            reset();
            return;
        }
        if (openDirections.decrementAndGet() == 0) {
            end();
        }
    }

    private static int read(Socket from, byte[] buffer) throws IOException {
        return from.getInputStream().read(buffer);
    }
}
