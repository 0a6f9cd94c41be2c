package dev.freshet.servers.local;

import dev.freshet.servers.CacheMemory;
import dev.freshet.servers.CacheRelease;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.Servers;

public final class LocalServers implements Servers {
    @Override
    public DatabaseServer postgres(PostgresRelease release, ServerSettings settings) {
        return LocalPostgres.create(release, settings, Unprivileged.here());
    }

    /** A primary and its hot standby, which has what the primary has, and then streams. */
    public record Replicated(DatabaseServer primary, DatabaseServer standby) implements AutoCloseable {
        @Override
        public void close() {
            standby.close();
            primary.close();
        }
    }

    public Replicated replicated(PostgresRelease release) {
        var primary = LocalPostgres.create(release, ServerSettings.DEFAULT, Unprivileged.here());
        try {
            return new Replicated(primary, LocalPostgres.standbyOf(primary));
        } catch (RuntimeException | Error e) {
            primary.close();
            throw e;
        }
    }

    @Override
    public CacheServer cache(CacheRelease release, CacheMemory memory, ServerSettings settings) {
        return LocalCache.create(CacheBinary.of(release), memory, settings);
    }
}
