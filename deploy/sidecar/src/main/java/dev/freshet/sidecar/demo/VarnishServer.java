package dev.freshet.sidecar.demo;

import dev.freshet.sidecar.demo.edge.PageClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** An installed Varnish that purges by tags. It keeps pages in memory, and none for longer than its origin allows. */
final class VarnishServer implements Edge {
    private static final Duration TO_START = Duration.ofSeconds(10);

    private static final String EXAMPLE = "freshet.vcl";
    private static final String ITS_PORT = ".port = \"8080\"";

    /** For the readers, who count; and nothing is shown beyond its lifetime while another one is fetched. */
    private static final String BESIDES = """

            sub vcl_backend_response {
                set beresp.grace = 0s;
            }

            sub vcl_deliver {
                if (obj.hits > 0) {
                    set resp.http.Cache-Status = "edge; hit";
                } else {
                    set resp.http.Cache-Status = "edge; fwd=miss";
                }
            }
            """;

    private final int port;
    private final Process process;
    private final LogFile log;

    private VarnishServer(int port, Process process, LogFile log) {
        this.port = port;
        this.process = process;
        this.log = log;
    }

    /**
     * Returns before it answers.
     *
     * @param name of its files
     */
    static VarnishServer launch(Leftovers leftovers, Path program, String name, int port, int origin)
            throws IOException {
        var home = leftovers.directory().resolve(name);
        var log = new LogFile(leftovers.directory().resolve(name + ".log"));
        var configuration = Files.writeString(leftovers.directory().resolve(name + ".vcl"), configuration(origin));
        var builder = new ProcessBuilder(
                program.toString(),
                "-F", //
                "-f",
                configuration.toString(),
                "-n",
                home.toString(),
                "-a",
                "127.0.0.1:" + port,
                "-T",
                "none",
                "-s",
                "malloc,32m",
                "-p",
                "vsl_space=1m",
                "-p",
                "thread_pools=1",
                "-p",
                "thread_pool_min=10");
        return new VarnishServer(port, leftovers.start(log.of(builder), Signal.TERM), log);
    }

    /** What users are shown, for this origin. */
    private static String configuration(int origin) throws IOException {
        try (var example = Objects.requireNonNull(VarnishServer.class.getResourceAsStream(EXAMPLE))) {
            var text = new String(example.readAllBytes(), StandardCharsets.UTF_8);
            if (!text.contains(ITS_PORT)) {
                throw new IllegalStateException("%s has no %s".formatted(EXAMPLE, ITS_PORT));
            }
            return text.replace(ITS_PORT, ".port = \"%d\"".formatted(origin)) + BESIDES;
        }
    }

    /** Waits until it answers; false where it ended instead: it needs a compiler and its module xkey. */
    boolean hasStarted() throws DemoException, InterruptedException {
        return Patience.within(TO_START, () -> !process.isAlive() || answers()) && process.isAlive();
    }

    private boolean answers() {
        try {
            return new PageClient(port).get("/").status() == 404;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void requireAlive() throws DemoException {
        if (!process.isAlive()) {
            throw new DemoException("Varnish ended with %d:%n%s".formatted(process.exitValue(), log.tail()));
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
