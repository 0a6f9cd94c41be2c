package dev.freshet.servers.containers;

import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresProbe;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.ServerSettings;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The official PostgreSQL image; the data lives as long as the container. */
final class ContainerPostgres implements DatabaseServer {
    private static final int PORT = 5432;
    private static final ServerSettings DEFAULTS = new ServerSettings(new TreeMap<>(Map.of(
            "wal_level", "logical",
            "max_wal_senders", "20",
            "max_replication_slots", "20",
            "fsync", "off")));

    private final PostgresRelease release;
    private final ServerContainer container;

    private ContainerPostgres(PostgresRelease release, ServerSettings settings) {
        this.release = release;
        var arguments = settings.over(DEFAULTS).values().entrySet().stream()
                .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()));
        this.container = new ServerContainer(
                Images.of(release),
                PORT,
                Map.of("POSTGRES_PASSWORD", password()),
                Stream.concat(Stream.of("postgres"), arguments).toArray(String[]::new));
    }

    static ContainerPostgres create(PostgresRelease release, ServerSettings settings) {
        var server = new ContainerPostgres(release, settings);
        try {
            server.start();
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void start() {
        container.start(() -> PostgresProbe.query(this));
    }

    @Override
    public void stop() {
        container.stop("INT");
    }

    @Override
    public void kill() {
        container.kill();
    }

    @Override
    public void pause() {
        container.pause();
    }

    @Override
    public void resume() {
        container.resume();
    }

    @Override
    public void close() {
        container.close();
    }

    @Override
    public String toString() {
        return "PostgreSQL %d on port %d".formatted(release.major(), port());
    }

    @Override
    public PostgresRelease release() {
        return release;
    }

    @Override
    public String host() {
        return container.host();
    }

    @Override
    public int port() {
        return container.port();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }
}
