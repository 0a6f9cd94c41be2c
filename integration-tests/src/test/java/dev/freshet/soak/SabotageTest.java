package dev.freshet.soak;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.servers.PostgresRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A soak that nothing can fail is worth nothing: each of these it must catch. */
@Tag("soak")
@Tag("sabotage")
class SabotageTest {
    private static final int MOST = 25;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void isCaught(Sabotage sabotage) {
        Soak.Plan plan = new Soak.Plan(
                1,
                PostgresRelease.V18,
                sabotage.faults(),
                MOST,
                Duration.ofMinutes(2),
                Duration.ofMillis(500),
                2_000,
                Duration.ofSeconds(30),
                Optional.of(sabotage));
        assertThatThrownBy(() -> new Soak(plan, folder).run()).isInstanceOf(Divergence.class);
    }
}
