package dev.freshet.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Prints figures; its verdict is only that there are some. */
@Tag("benchmark")
class PlanningBenchmarkTest {
    @Test
    void planning() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(PlanningBenchmark.class.getSimpleName())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(2))
                        .build())
                .run();

        assertThat(results).hasSize(5);
    }
}
