package dev.freshet.write.valkey;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import redis.embedded.core.ExecutableProvider;

/** A real server process on a free port of the loopback interface, in a directory of its own, gone when closed. */
final class TestServer implements AutoCloseable {
    /** Which program. */
    enum Program {
        /** Whatever version is on the PATH. */
        VALKEY {
            @Override
            Path executable() {
                return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, "valkey-server"))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseGet(() -> Assumptions.abort("no valkey-server on the PATH"));
            }
        },
        /** The oldest one that the scripts run on. */
        REDIS_6_2 {
            @Override
            Path executable() {
                return Embedded.EXECUTABLE;
            }
        };

        abstract Path executable();
    }

    private static final class Embedded {
        static final Path EXECUTABLE = extract();

        private static Path extract() {
            try {
                return ExecutableProvider.newJarResourceProvider(ExecutableProvider.newProvidedVersionsMap())
                        .get()
                        .toPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final int SECONDS_TO_START = 20;

    private final Program program;
    private final List<String> options;
    private final Path directory;
    private final int port;
    private final RedisClient client = RedisClient.create();
    private Process process;
    private @Nullable StatefulRedisConnection<String, String> connection;

    private TestServer(Program program, List<String> options) throws IOException {
        this.program = program;
        this.options = options;
        this.directory = Files.createTempDirectory("freshet-server");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        this.process = launch();
    }

    /** Returns once the server takes connections. */
    static TestServer start(Program program, String... options) {
        try {
            return new TestServer(program, List.of(options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RedisURI uri() {
        return RedisURI.create("127.0.0.1", port);
    }

    /** The server as anybody else sees it. */
    RedisCommands<String, String> commands() {
        if (connection == null || !connection.isOpen()) {
            connection = client.connect(uri());
        }
        return connection.sync();
    }

    /** A second connection, for a command that does not return. */
    StatefulRedisConnection<String, String> another() {
        return client.connect(uri());
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again on the same port, with nothing in its memory. */
    void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGSTOP: connections stay, nothing answers. */
    void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    void thaw() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill " + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(program.executable().toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", directory.toString(), "--save", "", "--appendonly", "no"));
        command.addAll(options);
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "test-server-end"));
        CompletableFuture<String> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(started, ready), "test-server-output");
        reader.setDaemon(true);
        reader.start();
        try {
            ready.get(SECONDS_TO_START, TimeUnit.SECONDS);
            return started;
        } catch (ExecutionException | TimeoutException e) {
            started.destroyForcibly();
            throw new IOException(program + " did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            started.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Reads to the end, so that the server never blocks on its output. */
    private static void read(Process process, CompletableFuture<String> ready) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!ready.isDone()) {
                    said.append(line).append('\n');
                }
                if (line.contains("Ready to accept connections")) {
                    ready.complete(line);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IOException(said.toString()));
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        kill();
        try (Stream<Path> left = Files.walk(directory)) {
            left.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
