package dev.freshet.sidecar.demo;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Few things are asked for often and many seldom (Zipf's law). */
final class Popularity {
    private static final double EXPONENT = 0.8;

    private final double[] cumulative;

    Popularity(int things) {
        cumulative = new double[things];
        double sum = 0;
        for (int i = 0; i < things; i++) {
            sum += 1 / Math.pow(i + 1, EXPONENT);
            cumulative[i] = sum;
        }
    }

    /** From 0, the most popular, to one less than there are. */
    int pick(RandomGenerator random) {
        double point = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, point);
        return Math.min(found >= 0 ? found : -found - 1, cumulative.length - 1);
    }
}
