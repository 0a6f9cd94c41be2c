package dev.freshet.pipeline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asked for once, from any thread; ends every pause of the pipeline. */
final class Stop {
    private final CountDownLatch asked = new CountDownLatch(1);

    void ask() {
        asked.countDown();
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /**
     * Waits as long, unless a stop is asked for.
     *
     * @throws InterruptedException where it is: whatever was waited for does not happen any more
     */
    void await(Duration pause) throws InterruptedException {
        if (asked.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the pipeline is to stop");
        }
    }
}
