package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/**
 * The installed Valkey, or the Redis that a dependency carries. It keeps nothing on disk: killed and started again, it is
 * empty.
 */
final class CacheServer {
    private final Leftovers leftovers;
    private final int port;
    private final String password;
    private final Path program;
    private final LogFile log;
    private volatile Process process;
    private volatile boolean killed;

    private CacheServer(Leftovers leftovers, int port, String password, Path program) throws IOException {
        this.leftovers = leftovers;
        this.port = port;
        this.password = password;
        this.program = program;
        this.log = new LogFile(leftovers.directory().resolve("cache.log"));
        this.process = launch();
    }

    /** Returns before it answers. */
    static CacheServer start(Leftovers leftovers, int port, String password) throws IOException {
        var installed = Installed.program("valkey-server");
        var program = installed.isPresent() ? installed.get() : bundled(leftovers.directory());
        return new CacheServer(leftovers, port, password, program);
    }

    /** The configuration goes in by stdin, so that no list of processes shows the password. */
    private Process launch() throws IOException {
        var builder = new ProcessBuilder(program.toString(), "-")
                .directory(leftovers.directory().toFile());
        var started = leftovers.start(log.of(builder), Signal.KILL);
        try (var configuration = started.getOutputStream()) {
            configuration.write("""
                    bind 127.0.0.1
                    port %d
                    requirepass %s
                    save ""
                    appendonly no
                    """.formatted(port, password).getBytes(StandardCharsets.UTF_8));
        }
        return started;
    }

    /** Ends it between any two of its instructions; until it is started again nobody misses it. */
    void kill() throws InterruptedException {
        killed = true;
        process.destroyForcibly().waitFor();
    }

    void restart() throws IOException {
        process = launch();
        killed = false;
    }

    int port() {
        return port;
    }

    String password() {
        return password;
    }

    void requireAlive() throws DemoException {
        var current = process;
        if (!killed && !current.isAlive()) {
            throw new DemoException("the cache server ended with %d:%n%s".formatted(current.exitValue(), log.tail()));
        }
    }

    private static Path bundled(Path directory) throws IOException {
        return ExecutableProvider.newJarResourceProvider(directory.toFile())
                .get()
                .toPath();
    }
}
