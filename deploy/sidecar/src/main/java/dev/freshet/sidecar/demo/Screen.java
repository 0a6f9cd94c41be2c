package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Where the figures are shown while traffic runs, and at its end. */
sealed interface Screen {
    void show(Standing standing);

    void end(Standing standing);

    /** How often it wants the figures. */
    Duration every();

    /** For whoever looks at this output. */
    static Screen of(PrintStream out, boolean json) throws InterruptedException {
        if (json) {
            return new Silent(out);
        }
        return isTerminal() ? new Live(out) : new Plain(out);
    }

    /** Asked of a child that shares this process's stdout; Java tells it of stdin and stdout together only. */
    private static boolean isTerminal() throws InterruptedException {
        try {
            var test = new ProcessBuilder("/bin/sh", "-c", "test -t 1")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return test.waitFor(2, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException noShell) {
            return false;
        }
    }

    /** Nothing but the totals, as JSON. */
    record Silent(PrintStream out) implements Screen {
        @Override
        public void show(Standing standing) {}

        @Override
        public void end(Standing standing) {
            out.println(Totals.json(standing));
        }

        @Override
        public Duration every() {
            return Duration.ofSeconds(1);
        }
    }

    /** A line now and then. */
    record Plain(PrintStream out) implements Screen {
        @Override
        public void show(Standing standing) {
            out.println(Figures.line(standing));
        }

        @Override
        public void end(Standing standing) {
            out.println(Closing.text(standing));
        }

        @Override
        public Duration every() {
            return Duration.ofSeconds(5);
        }
    }

    /** A block that is drawn over itself. */
    final class Live implements Screen {
        private final PrintStream out;
        private int drawn;

        Live(PrintStream out) {
            this.out = out;
        }

        @Override
        public void show(Standing standing) {
            var lines = Figures.lines(standing);
            wipe();
            lines.forEach(out::println);
            drawn = lines.size();
        }

        @Override
        public void end(Standing standing) {
            wipe();
            out.println(Closing.text(standing));
        }

        @Override
        public Duration every() {
            return Duration.ofSeconds(1);
        }

        private void wipe() {
            if (drawn > 0) {
                // Up to the first line of the block, and clear from there on.
                out.print("\u001b[%dF\u001b[J".formatted(drawn));
                drawn = 0;
            }
        }
    }
}
