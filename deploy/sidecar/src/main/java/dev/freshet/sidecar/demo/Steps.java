package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;

/** Says what is being started, and how long it took. */
record Steps(PrintStream notes) {
    /** One step of the start. */
    @FunctionalInterface
    interface Step<T> {
        T take() throws IOException, SQLException, DemoException, InterruptedException;
    }

    /** One step that leaves nothing to go on with. */
    @FunctionalInterface
    interface Act {
        void act() throws IOException, SQLException, DemoException, InterruptedException;
    }

    void act(String name, Act act) throws IOException, SQLException, DemoException, InterruptedException {
        var unused = take(name, () -> {
            act.act();
            return name;
        });
    }

    <T> T take(String name, Step<T> step) throws IOException, SQLException, DemoException, InterruptedException {
        notes.print(name + " ... ");
        notes.flush();
        long began = System.nanoTime();
        try {
            T result = step.take();
            notes.println(Figures.seconds(Duration.ofNanos(System.nanoTime() - began)));
            return result;
        } catch (InterruptedException e) {
            notes.println("interrupted");
            throw e;
        } catch (IOException | SQLException | DemoException | RuntimeException e) {
            notes.println("no");
            throw e;
        }
    }
}
