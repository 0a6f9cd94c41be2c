package dev.freshet.sidecar.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 100, 1_000, 65_535, 1 << 20, Integer.MAX_VALUE})
    void oneSizeIsItsOwnMedianWithinASixteenth(int size) {
        Sizes sizes = new Sizes();
        sizes.add(size);

        assertThat(sizes.largest()).isEqualTo(size);
        assertThat((long) sizes.median()).isLessThanOrEqualTo(size).isCloseTo(size, Percentage.withPercentage(6.25));
    }

    @Test
    void halfOfThemAreSmaller() {
        Sizes sizes = new Sizes();
        for (int size : new int[] {1, 1, 3, 9, 1_000}) {
            sizes.add(size);
        }

        assertThat(sizes.median()).isEqualTo(3);
    }

    @Test
    void ofNothingTheMedianIsZero() {
        assertThat(new Sizes().median()).isZero();
    }
}
