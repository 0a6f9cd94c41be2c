package dev.freshet.sidecar.demo;

import java.time.Duration;

/** Waiting for what another process does. */
final class Patience {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Patience() {}

    /** A question to another process. */
    @FunctionalInterface
    interface Question {
        boolean ask() throws DemoException, InterruptedException;
    }

    /** Asks until the answer is yes; false where it never was within the time. */
    static boolean within(Duration limit, Question question) throws DemoException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!question.ask()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
        return true;
    }
}
