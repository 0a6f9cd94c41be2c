package dev.freshet.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file by which a test tells a running process at which of its steps to end, as if it were killed there. The test writes it,
 * the process takes it away and counts.
 */
final class KillOrder {
    private static final String VARIABLE = "FRESHET_SOAK_KILL_ORDER";
    private static final int KILLED = 137;

    private final Path file;
    private volatile Step step = Step.OPENING;
    private final AtomicInteger left = new AtomicInteger();

    KillOrder(Path file) {
        this.file = file;
    }

    /** As the process finds it in its environment. */
    static KillOrder ofThisProcess() {
        return new KillOrder(Path.of(System.getenv(VARIABLE)));
    }

    String variable() {
        return VARIABLE;
    }

    Path file() {
        return file;
    }

    /** The process that runs, or is started next, is to end when it passes the step so many times from now. */
    void give(Step at, int times) {
        try {
            Path whole = file.resolveSibling("kill-order-unfinished");
            Files.writeString(whole, at + " " + times);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void takeBack() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the process, whenever it passes a step. */
    synchronized void passed(Step passed) {
        if (Files.exists(file)) {
            String[] words = read().split(" ");
            step = Step.valueOf(words[0]);
            left.set(Integer.parseInt(words[1]));
        }
        if (passed == step && left.get() > 0 && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private String read() {
        try {
            String order = Files.readString(file);
            Files.delete(file);
            return order;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
