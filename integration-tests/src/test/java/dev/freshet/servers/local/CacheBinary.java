package dev.freshet.servers.local;

import dev.freshet.servers.CacheRelease;
import dev.freshet.servers.process.TemporaryDirectory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** The cache server's program: the installed Valkey, or the Redis that a dependency carries. */
final class CacheBinary {
    private static @Nullable Path unpackedRedis;

    private CacheBinary() {}

    static Path of(CacheRelease release) {
        return switch (release) {
            case VALKEY -> installedValkey().orElseGet(CacheBinary::bundledRedis);
            case REDIS_6_2 -> bundledRedis();
        };
    }

    private static Optional<Path> installedValkey() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "valkey-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Unpacked once a JVM. */
    private static synchronized Path bundledRedis() {
        var program = unpackedRedis;
        if (program == null) {
            program = unpackRedis();
            unpackedRedis = program;
        }
        return program;
    }

    private static Path unpackRedis() {
        try {
            var directory = TemporaryDirectory.create("freshet-redis-").path().toFile();
            return ExecutableProvider.newJarResourceProvider(directory).get().toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
