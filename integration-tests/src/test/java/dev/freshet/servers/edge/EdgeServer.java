package dev.freshet.servers.edge;

import dev.freshet.servers.Server;
import dev.freshet.servers.local.ServerProcess;
import dev.freshet.servers.process.Signal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** One machine of an edge, as a process of this machine. */
public abstract sealed class EdgeServer implements Server permits VarnishServer, NginxServer {
    private final ServerProcess process;

    EdgeServer(String name) {
        process = new ServerProcess(name);
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

    @Override
    public final void stop() {
        process.stop(Signal.TERM);
    }

    @Override
    public final void kill() {
        process.kill();
    }

    @Override
    public final void pause() {
        process.pause();
    }

    @Override
    public final void resume() {
        process.resume();
    }

    @Override
    public final void close() {
        process.close();
    }

    @Override
    public final String host() {
        return "127.0.0.1";
    }

    @Override
    public final int port() {
        return process.port();
    }

    @Override
    public final boolean isRunning() {
        return process.isRunning();
    }
}
