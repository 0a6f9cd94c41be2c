package dev.freshet.sidecar.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctTest {
    private static long counted(int different, int times) {
        Distinct distinct = new Distinct();
        for (int time = 0; time < times; time++) {
            for (int i = 0; i < different; i++) {
                distinct.add("product:" + i);
            }
        }
        return distinct.count();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, Distinct.KEPT - 1})
    void fewAreCountedExactly(int different) {
        assertThat(counted(different, 3)).isEqualTo(different);
    }

    @ParameterizedTest
    @ValueSource(ints = {Distinct.KEPT, 5_000, 100_000, 1_000_000})
    void manyAreCountedNearly(int different) {
        assertThat(counted(different, 2)).isCloseTo(different, Percentage.withPercentage(8));
    }
}
