package dev.freshet.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a cache whether it serves, without a client library between. */
public final class CacheProbe {
    private static final int MILLIS_TO_ANSWER = 2_000;
    private static final int LONGEST_ANSWER = 200;

    private CacheProbe() {}

    /**
     * Returns when the server at the address answers a ping, if only to ask for a password.
     *
     * @throws IOException when nobody answers, or the server says that it cannot serve yet
     */
    public static void ping(String host, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(MILLIS_TO_ANSWER);
            socket.connect(new InetSocketAddress(host, port), MILLIS_TO_ANSWER);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            var bytes = new byte[LONGEST_ANSWER];
            int length = Math.max(0, socket.getInputStream().read(bytes));
            var answer = new String(bytes, 0, length, StandardCharsets.US_ASCII);
            if (!answer.startsWith("+PONG") && !answer.startsWith("-NOAUTH")) {
                throw new IOException("the cache says '%s'".formatted(answer.strip()));
            }
        }
    }
}
