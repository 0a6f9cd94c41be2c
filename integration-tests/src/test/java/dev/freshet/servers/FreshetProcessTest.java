package dev.freshet.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FreshetProcessTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    @Test
    void runsTheCommandLineInAProcessOfItsOwn() {
        try (var freshet = FreshetCommand.freshet("--version").start()) {
            assertThat(freshet.awaitExit(SOON)).isZero();
            assertThat(freshet.output()).first().asString().contains("freshet");
            assertThat(freshet.errors()).isEmpty();
        }
    }
}
