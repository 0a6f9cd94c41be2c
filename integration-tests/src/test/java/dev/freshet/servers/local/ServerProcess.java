package dev.freshet.servers.local;

import dev.freshet.servers.Eventually;
import dev.freshet.servers.process.ChildProcess;
import dev.freshet.servers.process.FreePort;
import dev.freshet.servers.process.Signal;
import dev.freshet.servers.process.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server's process, again and again, on one port and with one directory. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration TO_ANSWER = Duration.ofMinutes(1);
    private static final Duration TO_STOP = Duration.ofMinutes(1);
    private static final int SHOWN_OF_LOG = 3_000;

    private final int port = FreePort.find();
    private final TemporaryDirectory directory;
    private @Nullable ChildProcess process;

    public ServerProcess(String name) {
        directory = TemporaryDirectory.create("freshet-" + name + "-");
    }

    public int port() {
        return port;
    }

    public TemporaryDirectory directory() {
        return directory;
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    List<ProcessHandle> tree() {
        return running().tree();
    }

    /** Starts the command and waits until the server answers, or ends. */
    public void start(List<String> command, Eventually.Assertion answers) {
        if (isRunning()) {
            throw new IllegalStateException("already running");
        }
        var started = launch(command);
        process = started;
        Eventually.eventually(TO_ANSWER, () -> {
            if (!started.isAlive()) {
                throw new Eventually.HopelessException("the server ended at once:\n%s".formatted(endOfLog()));
            }
            answers.check();
        });
    }

    /** Runs a command to its end, with its output in the server's log. */
    public void run(List<String> command) {
        if (launch(command).awaitExit(TO_ANSWER) != 0) {
            throw new IllegalStateException("%s failed:\n%s".formatted(command, endOfLog()));
        }
    }

    public void stop(Signal signal) {
        running().signal(signal);
        running().awaitExit(TO_STOP);
    }

    public void kill() {
        running().kill();
    }

    public void pause() {
        running().signalTree(Signal.STOP);
    }

    public void resume() {
        running().signalTree(Signal.CONT);
    }

    @Override
    public void close() {
        if (isRunning()) {
            kill();
        }
        directory.close();
    }

    private ChildProcess running() {
        var current = process;
        if (current == null) {
            throw new IllegalStateException("not started");
        }
        return current;
    }

    private ChildProcess launch(List<String> command) {
        var builder = new ProcessBuilder(command)
                .directory(directory.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC"));
        return ChildProcess.start(builder);
    }

    /** What the commands have written so far. */
    public String log() {
        try {
            return new String(Files.readAllBytes(directory.resolve("log")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String endOfLog() {
        var log = log();
        return log.substring(Math.max(0, log.length() - SHOWN_OF_LOG));
    }
}
