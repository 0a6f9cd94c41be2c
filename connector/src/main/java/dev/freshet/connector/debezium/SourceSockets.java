package dev.freshet.connector.debezium;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the sockets of one source's connections, so that whoever waits for a server that fell silent can be woken: a read that
 * has begun ends only when its socket is closed. The driver makes a factory for every connection, by its name and a text, which
 * says whose it is.
 *
 * <p>The system asks the other end whether it is there; by itself it would begin after two hours.
 */
public final class SourceSockets extends SocketFactory {
    private static final Logger LOG = LoggerFactory.getLogger(SourceSockets.class);
    private static final Map<String, Set<Socket>> OPEN = new ConcurrentHashMap<>();
    private static final String BY_ITSELF = "the driver connects its sockets by itself";
    private static final AtomicLong COUNT = new AtomicLong();
    private static final Map<SocketOption<Integer>, Integer> KEEPALIVE = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 10,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 5,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

    private final String owner;

    /** The sockets of the owner; for the driver. */
    public SourceSockets(String owner) {
        this.owner = owner;
    }

    /** Sockets of a source that is about to be opened. */
    static SourceSockets ofNew() {
        String owner = "source-" + COUNT.incrementAndGet();
        OPEN.put(owner, ConcurrentHashMap.newKeySet());
        return new SourceSockets(owner);
    }

    /** Has the engine's connections use them. */
    void useIn(Properties engine) {
        engine.setProperty("driver.socketFactory", SourceSockets.class.getName());
        engine.setProperty("driver.socketFactoryArg", owner);
    }

    /** Closes all of them, and those that are still to come; whoever reads from one fails. Any thread. */
    void cut() {
        Set<Socket> all = OPEN.remove(owner);
        if (all != null) {
            all.forEach(SourceSockets::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a dead connection");
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        Set<Socket> all = OPEN.get(owner);
        if (all == null) {
            throw new IOException("the source is being closed");
        }
        Socket socket = new Socket();
        socket.setKeepAlive(true);
        for (Map.Entry<SocketOption<Integer>, Integer> option : KEEPALIVE.entrySet()) {
            if (socket.supportedOptions().contains(option.getKey())) {
                socket.setOption(option.getKey(), option.getValue());
            }
        }
        all.removeIf(Socket::isClosed);
        all.add(socket);
        if (!OPEN.containsKey(owner)) {
            socket.close();
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException(BY_ITSELF);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException(BY_ITSELF);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException(BY_ITSELF);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException(BY_ITSELF);
    }
}
