package dev.freshet.assembly.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatrolTest {
    @Test
    void aLookThatFailsIsNotTheLast() throws Exception {
        CountDownLatch looks = new CountDownLatch(3);
        try (Patrol patrol = new Patrol("test", () -> {
            looks.countDown();
            if (looks.getCount() == 2) {
                throw new IllegalStateException("test");
            }
            throw new NoClassDefFoundError("test");
        })) {
            assertThat(patrol).isNotNull();
            assertThat(looks.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
