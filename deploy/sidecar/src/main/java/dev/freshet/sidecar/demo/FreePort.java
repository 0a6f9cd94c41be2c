package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * Loopback ports below the range from which systems take the local port of an outgoing connection: a client that keeps
 * calling a killed server on a port of that range is connected to itself sooner or later, and then holds the server's port.
 */
final class FreePort {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;

    private FreePort() {}

    /** A port on which nobody listens at this moment. */
    static int find(RandomGenerator random) {
        while (true) {
            int port = random.nextInt(LOWEST, HIGHEST);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
    }
}
