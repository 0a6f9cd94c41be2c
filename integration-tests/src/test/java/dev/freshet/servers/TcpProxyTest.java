package dev.freshet.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TcpProxyTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final CacheServer cache = Servers.chosen().cache();
    private final TcpProxy proxy = TcpProxy.before(cache);

    @AfterEach
    void close() {
        proxy.close();
        cache.close();
    }

    @Test
    void carriesBytesBothWays() throws IOException {
        try (var client = connect()) {
            say(client, "PING");
            assertThat(hear(client)).isEqualTo("+PONG");
            assertThat(proxy.connections()).isEqualTo(1);
        }
        Eventually.eventually(SOON, () -> assertThat(proxy.connections()).isZero());
    }

    @Test
    void aCutEndsOpenConnectionsAndWelcomesNewOnes() throws IOException {
        try (var client = connect()) {
            say(client, "PING");
            hear(client);
            proxy.cut();
            assertThatThrownBy(() -> hear(client)).isInstanceOf(IOException.class);
        }
        CacheProbe.ping(proxy.host(), proxy.port());
    }

    @Test
    void aSilencedConnectionStaysOpenAndSaysNothingWhileNewOnesAreWelcome() throws IOException {
        try (var client = connect()) {
            say(client, "PING");
            hear(client);
            proxy.silence();
            say(client, "PING");
            CacheProbe.ping(proxy.host(), proxy.port());
            client.setSoTimeout(100);
            assertThatThrownBy(() -> hear(client)).isInstanceOf(SocketTimeoutException.class);
        }
        Eventually.eventually(SOON, () -> assertThat(proxy.connections()).isZero());
    }

    @Test
    void refusesUntilItAcceptsAgain() throws IOException {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        proxy.accept();
        CacheProbe.ping(proxy.host(), proxy.port());
    }

    @Test
    void whatWasHeldBackArrivesLater() throws IOException {
        try (var client = connect()) {
            proxy.hang();
            say(client, "PING");
            client.setSoTimeout(200);
            assertThatThrownBy(() -> hear(client)).isInstanceOf(SocketTimeoutException.class);
            proxy.flow();
            client.setSoTimeout((int) SOON.toMillis());
            assertThat(hear(client)).isEqualTo("+PONG");
        }
    }

    @Test
    void theServerHearsWhatItsClientNeverSeesAnswered() throws IOException {
        try (var client = connect()) {
            proxy.hangReplies();
            say(client, "SET written yes");
            Eventually.eventually(SOON, () -> assertThat(valueOf("written")).isEqualTo("$3"));
            proxy.cut();
            assertThatThrownBy(() -> hear(client)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesWhileTheServerIsGone() {
        cache.kill();
        assertThatThrownBy(() -> CacheProbe.ping(proxy.host(), proxy.port())).isInstanceOf(IOException.class);
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), (int) SOON.toMillis());
            socket.setSoTimeout((int) SOON.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The head of the cache's own answer, asked past the proxy. */
    private String valueOf(String key) throws IOException {
        try (var direct = new Socket(cache.host(), cache.port())) {
            say(direct, "GET " + key);
            return hear(direct);
        }
    }

    private static void say(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** One line, without its end. */
    private static String hear(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int read = socket.getInputStream().read();
                read != '\n';
                read = socket.getInputStream().read()) {
            if (read < 0) {
                throw new IOException("ended after '%s'".formatted(line));
            }
            line.append((char) read);
        }
        return line.toString().strip();
    }
}
