package dev.freshet.servers.process;

import dev.freshet.servers.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that this JVM started, with the processes below it. None of them outlives the JVM. */
public final class ChildProcess {
    private static final Duration TO_DIE = Duration.ofSeconds(20);

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** Starts the process, which must be able to run to its end with nobody reading its output. */
    public static ChildProcess start(ProcessBuilder builder) {
        try {
            var child = new ChildProcess(builder.start());
            Leftovers.add(child);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process and all below it, the oldest first. */
    public List<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Sends the signal to the process alone, which tells its children what it wants of them. */
    public void signal(Signal signal) {
        send(signal, Stream.of(process.toHandle()));
    }

    /** Sends the signal to the process and to all below it. */
    public void signalTree(Signal signal) {
        send(signal, tree().stream());
    }

    /** Ends the process and all below it with SIGKILL; returns when they are gone. */
    public void kill() {
        var tree = tree();
        tree.forEach(ProcessHandle::destroyForcibly);
        awaitExit(TO_DIE);
        Eventually.eventually(TO_DIE, () -> {
            for (var handle : tree) {
                if (!isGone(handle)) {
                    throw new AssertionError("process %d is still there".formatted(handle.pid()));
                }
            }
        });
    }

    /**
     * Waits for the process to end by itself.
     *
     * @return its exit code; 128 and the signal's number where a signal ended it
     */
    public int awaitExit(Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("process %d has not ended within %s".formatted(pid(), deadline));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while process %d was to end".formatted(pid()), e);
        }
        Leftovers.forget(this);
        return process.exitValue();
    }

    /** True of a process that runs no more, though its parent may not have asked for its exit code yet. */
    public static boolean isGone(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return true;
        }
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException notLinuxOrGone) {
            return !handle.isAlive();
        }
    }

    private static void send(Signal signal, Stream<ProcessHandle> processes) {
        var command = new StringBuilder("kill -").append(signal);
        processes.forEach(handle -> command.append(' ').append(handle.pid()));
        try {
            var sender = new ProcessBuilder("/bin/sh", "-c", command.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!sender.waitFor(TO_DIE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("'%s' does not end".formatted(command));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted during '%s'".formatted(command), e);
        }
    }
}
