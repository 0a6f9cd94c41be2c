package dev.freshet.servers.edge;

import dev.freshet.servers.local.ProcessServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** One machine of an edge, as a process of this machine. */
public abstract sealed class EdgeServer extends ProcessServer permits VarnishServer, NginxServer {
    EdgeServer(String name) {
        super(name);
    }

    abstract List<String> command();

    /** As an edge's {@code nodes} say it. */
    public final URI uri() {
        return URI.create("http://%s:%d".formatted(host(), port()));
    }

    final Path directory() {
        return process.directory().path();
    }

    /** Starts it for the first time; a server that cannot start is removed. */
    final void launch() {
        try {
            start();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public final void start() {
        try (var reader = EdgeReader.of(this)) {
            process.start(command(), () -> reader.ask("PURGE", "http://nobody.example/purge/nothing"));
        }
    }
}
