package dev.freshet.sidecar.demo;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code freshet run} in a JVM of its own, on this one's class path. */
final class FreshetProcess implements Breakable {
    private static final Duration TO_BE_READY = Duration.ofSeconds(60);

    private final Leftovers leftovers;
    private final Path ruleFile;
    private final Passwords passwords;
    private final AdminClient admin;
    private final LogFile log;
    private final CommitLatency commitToCache = new CommitLatency("freshet_commit_to_cache_seconds");
    private final CommitLatency commitToEdge = new CommitLatency("freshet_commit_to_edge_seconds");
    private volatile Process process;
    private volatile boolean killed;

    private FreshetProcess(Leftovers leftovers, Path ruleFile, Passwords passwords, AdminClient admin)
            throws IOException {
        this.leftovers = leftovers;
        this.ruleFile = ruleFile;
        this.passwords = passwords;
        this.admin = admin;
        this.log = new LogFile(leftovers.directory().resolve("freshet.log"));
        this.process = launch();
    }

    /** Returns before it is ready. */
    static FreshetProcess start(Leftovers leftovers, String rules, Passwords passwords, AdminClient admin)
            throws IOException {
        var file = leftovers.directory().resolve("freshet.yaml");
        Files.writeString(file, rules);
        return new FreshetProcess(leftovers, file, passwords, admin);
    }

    private Process launch() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        // All that it leaves on disk is in the demo's directory, even when it is killed.
        command.addAll(List.of("-XX:-UsePerfData", "-Djava.io.tmpdir=" + leftovers.directory()));
        command.addAll(List.of("-cp", classPath(), "dev.freshet.sidecar.Main"));
        command.addAll(List.of("run", "-c", ruleFile.toString()));
        var builder =
                new ProcessBuilder(command).directory(leftovers.directory().toFile());
        builder.environment().put(RuleFile.DATABASE_PASSWORD, passwords.database());
        builder.environment().put(RuleFile.CACHE_PASSWORD, passwords.cache());
        return leftovers.start(log.of(builder), Signal.TERM);
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What the launcher gave this JVM, except a debugger's or a profiler's agent. */
    private static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agent") && !flag.startsWith("-javaagent"))
                .filter(flag -> !flag.startsWith("-Xrun"))
                .toList();
    }

    /** Returns when its health says that changes stream. */
    @Override
    public void awaitBack() throws DemoException, InterruptedException {
        boolean ready = Patience.within(TO_BE_READY, () -> {
            requireAlive();
            return admin.isReady();
        });
        if (!ready) {
            throw new DemoException("Freshet is not ready after %d s; the end of its log:%n%s"
                    .formatted(TO_BE_READY.toSeconds(), log.tail()));
        }
    }

    @Override
    public synchronized void kill() throws InterruptedException {
        measure();
        killed = true;
        process.destroyForcibly().waitFor();
        commitToCache.processEnded();
        commitToEdge.processEnded();
    }

    @Override
    public void restart() throws IOException {
        process = launch();
        killed = false;
    }

    /** Asks for its latencies so far. */
    synchronized void measure() throws InterruptedException {
        admin.metrics().ifPresent(page -> {
            commitToCache.saw(page);
            commitToEdge.saw(page);
        });
    }

    /** Its latencies count from now on. */
    void beginMeasuring() throws InterruptedException {
        measure();
        commitToCache.begin();
        commitToEdge.begin();
    }

    Optional<CommitLatency.Quantiles> commitToCache() {
        return commitToCache.quantiles();
    }

    Optional<CommitLatency.Quantiles> commitToEdge() {
        return commitToEdge.quantiles();
    }

    Path ruleFile() {
        return ruleFile;
    }

    void requireAlive() throws DemoException {
        var current = process;
        if (!killed && !current.isAlive()) {
            throw new DemoException("Freshet ended with exit code %d; the end of its log:%n%s"
                    .formatted(current.exitValue(), log.tail()));
        }
    }
}
