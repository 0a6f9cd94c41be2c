package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** How a process is told to end. */
enum Signal {
    /** Asks. */
    TERM,
    /** For PostgreSQL: at once, with its children, and without writing anything down. */
    QUIT,
    /** Asks nothing. */
    KILL;

    void send(ProcessHandle process) {
        switch (this) {
            case TERM -> process.destroy();
            case QUIT -> quit(process.pid());
            case KILL -> process.destroyForcibly();
        }
    }

    /** Java knows no such signal; every shell does. Where it fails, the process is killed later. */
    private static void quit(long pid) {
        try {
            var shell = new ProcessBuilder("/bin/sh", "-c", "kill -QUIT " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!shell.waitFor(1, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException noShell) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
