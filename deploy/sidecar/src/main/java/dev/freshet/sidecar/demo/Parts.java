package dev.freshet.sidecar.demo;

import java.util.Optional;

/** What the demo is made of, running. */
record Parts(
        PostgresServer database,
        CacheServer server,
        CacheConnection cache,
        Shop shop,
        Edges edges,
        FreshetProcess freshet,
        Optional<Breakage> breakage) {
    /** Every part does what it should, or has been killed on purpose and is on its way back. */
    void requireHealthy() throws DemoException {
        database.requireAlive();
        server.requireAlive();
        edges.requireAlive();
        freshet.requireAlive();
        if (breakage.isPresent()) {
            breakage.get().requireSuccess();
        }
    }
}
