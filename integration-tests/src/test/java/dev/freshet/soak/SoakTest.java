package dev.freshet.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.PostgresRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing is lost, nothing goes back in time, nothing deleted comes back, and no gap goes unnoticed, whatever fails.
 *
 * <p>{@code -Dsoak.for=1h} is how long both releases together are soaked, {@code -Dsoak.seed} what is drawn from, {@code
 * -Dsoak.faults=KILLED,CACHE_CUT} which faults.
 */
@Tag("soak")
class SoakTest {
    private static final Duration TIME = Duration.parse("PT" + System.getProperty("soak.for", "60s"));
    private static final long SEED = Long.getLong("soak.seed", 1);
    private static final int ROWS_A_SECOND = Integer.getInteger("soak.rows", 2_000);

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void everyPromiseHolds(PostgresRelease release) throws Exception {
        Duration time = TIME.dividedBy(PostgresRelease.values().length);
        Soak.Plan plan = new Soak.Plan(
                SEED,
                release,
                faults(),
                Integer.MAX_VALUE,
                time,
                Duration.ofSeconds(2),
                ROWS_A_SECOND,
                Duration.ofSeconds(90),
                Optional.empty());
        Soak.Report report = new Soak(plan, folder).run();
        System.out.println(SoakTable.of(report));
        assertThat(report.survived()).isNotEmpty();
        assertThat(report.rows()).isPositive();
        assertThat(report.looks()).isPositive();
    }

    private static List<Fault> faults() {
        String chosen = System.getProperty("soak.faults");
        return chosen == null
                ? List.of(Fault.values())
                : List.of(chosen.split(",")).stream().map(Fault::valueOf).toList();
    }
}
