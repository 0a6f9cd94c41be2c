package dev.freshet.servers.containers;

import dev.freshet.servers.CacheMemory;
import dev.freshet.servers.CacheProbe;
import dev.freshet.servers.CacheRelease;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.ServerSettings;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The official image of a cache; what it keeps lives as long as the container. */
final class ContainerCache implements CacheServer {
    private static final int PORT = 6379;

    private final ServerContainer container;

    private ContainerCache(CacheRelease release, CacheMemory memory, ServerSettings settings) {
        var program = switch (release) {
            case VALKEY -> "valkey-server";
            case REDIS_6_2 -> "redis-server";
        };
        var arguments = settings.over(defaults(memory)).values().entrySet().stream()
                .flatMap(setting -> Stream.of("--" + setting.getKey(), setting.getValue()));
        this.container = new ServerContainer(
                Images.of(release),
                PORT,
                Map.of(),
                Stream.concat(Stream.of(program), arguments).toArray(String[]::new));
    }

    static ContainerCache create(CacheRelease release, CacheMemory memory, ServerSettings settings) {
        var server = new ContainerCache(release, memory, settings);
        try {
            server.start();
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private static ServerSettings defaults(CacheMemory memory) {
        var appendOnly = switch (memory) {
            case KEPT -> "yes";
            case LOST -> "no";
        };
        return new ServerSettings(new TreeMap<>(
                Map.of("save", "", "appendonly", appendOnly, "appendfsync", "always", "protected-mode", "no")));
    }

    @Override
    public void start() {
        container.start(() -> CacheProbe.ping(host(), port()));
    }

    @Override
    public void stop() {
        container.stop("TERM");
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
