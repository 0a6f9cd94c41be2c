package dev.freshet.servers;

import dev.freshet.servers.containers.ContainerEngine;
import dev.freshet.servers.containers.ContainerServers;
import dev.freshet.servers.local.LocalServers;

/** Where servers come from. Every server it returns answers already; the caller closes it. */
public interface Servers {
    DatabaseServer postgres(PostgresRelease release, ServerSettings settings);

    CacheServer cache(CacheRelease release, CacheMemory memory, ServerSettings settings);

    default DatabaseServer postgres() {
        return postgres(PostgresRelease.V18, ServerSettings.DEFAULT);
    }

    default DatabaseServer postgres(PostgresRelease release) {
        return postgres(release, ServerSettings.DEFAULT);
    }

    default CacheServer cache() {
        return cache(CacheMemory.LOST);
    }

    default CacheServer cache(CacheMemory memory) {
        return cache(CacheRelease.VALKEY, memory, ServerSettings.DEFAULT);
    }

    /** The servers that {@code -Dfreshet.servers} names: {@code local}, {@code containers}, or {@code auto}. */
    static Servers chosen() {
        var choice = System.getProperty("freshet.servers", "auto");
        return switch (choice) {
            case "local" -> new LocalServers();
            case "containers" -> new ContainerServers();
            case "auto" -> ContainerEngine.answers() ? new ContainerServers() : new LocalServers();
            default ->
                throw new IllegalArgumentException(
                        "freshet.servers=%s: unknown; one of local, containers, auto".formatted(choice));
        };
    }
}
