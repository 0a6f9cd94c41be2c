package dev.freshet.servers.local;

import dev.freshet.servers.CacheMemory;
import dev.freshet.servers.CacheProbe;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.ServerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A cache server in a directory of its own. */
final class LocalCache extends ProcessServer implements CacheServer {
    private final Path program;
    private final ServerSettings settings;

    private LocalCache(Path program, CacheMemory memory, ServerSettings settings) {
        super("cache");
        this.program = program;
        this.settings = settings.over(defaults(process, memory));
    }

    static LocalCache create(Path program, CacheMemory memory, ServerSettings settings) {
        var server = new LocalCache(program, memory, settings);
        try {
            server.start();
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private static ServerSettings defaults(ServerProcess process, CacheMemory memory) {
        var appendOnly = switch (memory) {
            case KEPT -> "yes";
            case LOST -> "no";
        };
        return new ServerSettings(new TreeMap<>(Map.of(
                "port",
                Integer.toString(process.port()),
                "bind",
                "127.0.0.1",
                "dir",
                process.directory().path().toString(),
                "save",
                "",
                "appendonly",
                appendOnly,
                "appendfsync",
                "always")));
    }

    @Override
    public void start() {
        var arguments = settings.values().entrySet().stream()
                .flatMap(setting -> Stream.of("--" + setting.getKey(), setting.getValue()));
        var command = Stream.concat(Stream.of(program.toString()), arguments).toList();
        process.start(command, () -> CacheProbe.ping(host(), port()));
    }

    List<ProcessHandle> tree() {
        return process.tree();
    }
}
