package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes that the demo started, and the one directory that all of them write to. After {@link #close} neither is
 * there, and no more can be started. Used by the command's thread, the one that breaks things and the shutdown hook.
 */
final class Leftovers implements AutoCloseable {
    private static final Duration TO_LEAVE = Duration.ofSeconds(2);
    private static final Duration TO_DELETE = Duration.ofSeconds(2);

    private final Path directory;
    private final Deque<Child> children = new ArrayDeque<>();
    private boolean closed;

    private record Child(Process process, Signal farewell) {}

    Leftovers() throws IOException {
        directory = Files.createTempDirectory("freshet-demo-").toRealPath();
        // Servers that give up root's rights have to get through to what is theirs.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    Path directory() {
        return directory;
    }

    /**
     * Starts a process that is ended with this signal, after all that were started later.
     *
     * @throws IllegalStateException once closed
     */
    synchronized Process start(ProcessBuilder builder, Signal farewell) throws IOException {
        if (closed) {
            throw new IllegalStateException("the demo is over");
        }
        children.removeIf(child -> !child.process().isAlive());
        var process = builder.start();
        children.push(new Child(process, farewell));
        return process;
    }

    @Override
    public synchronized void close() {
        closed = true;
        boolean interrupted = Thread.interrupted();
        while (!children.isEmpty()) {
            end(children.pop());
        }
        delete();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What does not leave is killed, with all that it started. */
    private static void end(Child child) {
        var process = child.process();
        var below = process.descendants().toList();
        child.farewell().send(process.toHandle());
        if (!hasEnded(process)) {
            process.destroyForcibly();
            below.forEach(ProcessHandle::destroyForcibly);
            hasEnded(process);
        }
        var deadline = System.nanoTime() + TO_LEAVE.toNanos();
        while (below.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        below.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(TO_LEAVE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** A process that was just killed may have created a file since the directory was listed; so it is listed again. */
    private void delete() {
        var deadline = System.nanoTime() + TO_DELETE.toNanos();
        while (Files.exists(directory) && System.nanoTime() < deadline) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException | UncheckedIOException changedMeanwhile) {
                Thread.onSpinWait();
            }
        }
    }
}
