package dev.freshet.sidecar.demo;

import dev.freshet.sidecar.demo.edge.EdgeServer;

/** What stands in front of an origin and keeps its pages, on a loopback port. */
sealed interface Edge extends AutoCloseable permits VarnishServer, Edge.Small {
    int port();

    void requireAlive() throws DemoException;

    @Override
    void close();

    /** A part of this process. */
    record Small(EdgeServer server) implements Edge {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public void requireAlive() {}

        @Override
        public void close() {
            server.close();
        }
    }
}
