package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The shop's web server, once for each way to keep an edge true.
 *
 * @param ttl its pages may be kept as long as the entries of the cache with a TTL
 * @param freshet its pages may be kept for good, as far as one run of the demo goes
 */
record Origins(Origin ttl, Origin freshet) implements AutoCloseable {
    private static final Duration FOR_GOOD = Duration.ofDays(1);

    static Origins open(RandomGenerator random, CacheConnection cache, PostgresServer database)
            throws IOException, SQLException {
        return new Origins(
                new Origin(FreePort.find(random), cache, database, TtlTwin.TTL),
                new Origin(FreePort.find(random), cache, database, FOR_GOOD));
    }

    @Override
    public void close() throws SQLException {
        ttl.close();
        freshet.close();
    }
}
