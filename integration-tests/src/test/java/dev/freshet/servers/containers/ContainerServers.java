package dev.freshet.servers.containers;

import dev.freshet.servers.CacheMemory;
import dev.freshet.servers.CacheRelease;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;

public final class ContainerServers implements Servers {
    @Override
    public DatabaseServer postgres(PostgresRelease release, ServerSettings settings) {
        return ContainerPostgres.create(release, settings);
    }

    @Override
    public CacheServer cache(CacheRelease release, CacheMemory memory, ServerSettings settings) {
        return ContainerCache.create(release, memory, settings);
    }
}
