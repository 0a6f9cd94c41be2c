package dev.freshet.kafka;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Changes rows of a topic all the time, some thousand a second: prices that only rise, and deletes. */
final class PriceLoad implements AutoCloseable {
    static final int ROWS = 300;

    private final ProductTopic topic;
    private final Random random;
    private final AtomicBoolean isEnough = new AtomicBoolean();
    private final Thread thread;

    PriceLoad(ProductTopic topic, long seed) {
        this.topic = topic;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().start(this::change);
    }

    private void change() {
        long price = 1;
        while (!isEnough.get()) {
            for (int i = 0; i < 20; i++) {
                int id = 1 + random.nextInt(ROWS);
                if (random.nextInt(20) == 0 && topic.rows().containsKey(id)) {
                    topic.delete(id);
                } else {
                    topic.price(id, price++);
                }
            }
            topic.flush();
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Returns when nothing changes any more; idempotent. */
    @Override
    public void close() throws InterruptedException {
        isEnough.set(true);
        thread.join();
    }
}
