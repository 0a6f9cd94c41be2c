package dev.freshet.servers.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports below the range from which systems take the local port of an outgoing connection. A client that keeps
 * calling a dead server on a port of that range is connected to itself sooner or later, and then holds the port that the
 * server needs to come back.
 *
 * <p>Test classes run in two processes at a time, each of which has every other port: one must not take the port of a server that
 * the other has stopped for a while.
 */
public final class FreePort {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    private static final int PROCESSES = 2;
    private static final int PROCESS = Integer.getInteger("freshet.fork", 0) % PROCESSES;
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A port on which nobody listens, and that was not returned before. */
    public static int find() {
        while (true) {
            int port =
                    ThreadLocalRandom.current().nextInt(LOWEST / PROCESSES, HIGHEST / PROCESSES) * PROCESSES + PROCESS;
            if (canListen(port) && HANDED_OUT.add(port)) {
                return port;
            }
        }
    }

    private static boolean canListen(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
