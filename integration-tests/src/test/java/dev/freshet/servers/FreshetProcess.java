package dev.freshet.servers;

import dev.freshet.servers.process.ChildProcess;
import dev.freshet.servers.process.Signal;
import dev.freshet.servers.process.TemporaryDirectory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The real Freshet in a JVM of its own, on the class path of the tests and in an empty directory. It writes its output to
 * files, so it never waits for a test that does not read. Used by one thread.
 */
public final class FreshetProcess implements AutoCloseable {
    /** What the environment has more jars in, as for the script that starts Freshet. */
    public static final String CLASS_PATH = "FRESHET_CLASSPATH";

    private static final String HEAP = System.getProperty("freshet.heap", "256m");
    private static final Duration TO_END = Duration.ofMinutes(1);

    private final TemporaryDirectory directory;
    private final ChildProcess process;

    private FreshetProcess(TemporaryDirectory directory, ChildProcess process) {
        this.directory = directory;
        this.process = process;
    }

    static FreshetProcess start(FreshetCommand command) {
        var directory = TemporaryDirectory.create("freshet-process-");
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(command.environment().getOrDefault(CLASS_PATH, ""))));
        if (!command.isLasting()) {
            // It lives for seconds: what the second compiler would make of it comes too late, and costs a core.
            words.add("-XX:TieredStopAtLevel=1");
        }
        words.add(command.main());
        words.addAll(command.arguments());
        var builder = new ProcessBuilder(words)
                .directory(directory.path().toFile())
                .redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(directory.resolve("stderr").toFile());
        builder.environment().putAll(command.environment());
        return new FreshetProcess(directory, ChildProcess.start(builder));
    }

    /** The test runner's own property knows the entries; its {@code java.class.path} may name a single wrapper. */
    private static String classPath(String more) {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return more.isEmpty() ? own : own + File.pathSeparator + more;
    }

    public long pid() {
        return process.pid();
    }

    /** What it has used so far, of all cores. */
    public Duration processorTime() {
        return ProcessHandle.of(pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The directory it runs in. */
    public Path directory() {
        return directory.path();
    }

    /** What it has written to stdout so far. */
    public List<String> output() {
        return lines("stdout");
    }

    /** What it has written to stderr so far. */
    public List<String> errors() {
        return lines("stderr");
    }

    /**
     * Waits for a line on stdout or stderr that contains the text.
     *
     * @return the first such line
     */
    public String awaitLine(String text, Duration deadline) {
        return Eventually.eventuallyGet(deadline, () -> {
            boolean ended = !process.isAlive();
            for (var file : List.of("stdout", "stderr")) {
                for (var line : lines(file)) {
                    if (line.contains(text)) {
                        return line;
                    }
                }
            }
            var message = "no line with '%s' in%n%s".formatted(text, everything());
            if (ended) {
                throw new Eventually.HopelessException("Freshet ended with " + message);
            }
            throw new AssertionError(message);
        });
    }

    /** Waits for it to end by itself and returns its exit code. */
    public int awaitExit(Duration deadline) {
        return process.awaitExit(deadline);
    }

    /** Asks it to end (SIGTERM), and returns its exit code when it has. */
    public int terminate() {
        process.signal(Signal.TERM);
        return process.awaitExit(TO_END);
    }

    /** Ends it with SIGKILL, between any two of its instructions. */
    public void kill() {
        process.kill();
    }

    /** Stops it where it stands, as a long garbage collection or a frozen machine would. */
    public void pause() {
        process.signalTree(Signal.STOP);
    }

    public void resume() {
        process.signalTree(Signal.CONT);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.kill();
        }
        directory.close();
    }

    private List<String> lines(String file) {
        try {
            return new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String everything() {
        return "stdout:%n%s%nstderr:%n%s"
                .formatted(
                        String.join(System.lineSeparator(), output()), String.join(System.lineSeparator(), errors()));
    }
}
