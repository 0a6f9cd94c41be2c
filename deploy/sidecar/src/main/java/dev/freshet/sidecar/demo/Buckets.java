package dev.freshet.sidecar.demo;

import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A histogram as Prometheus writes it.
 *
 * @param cumulative from a bucket's upper bound, in seconds, to how many values are not above it
 */
record Buckets(SortedMap<Double, Double> cumulative) {
    static final Buckets NONE = new Buckets(new TreeMap<>());

    private static final Pattern BOUND = Pattern.compile("[{,]\\s*le=\"([^\"]+)\"");

    /** Adds up the series of this name on a page of metrics, whatever their other labels. */
    static Buckets parse(String page, String name) {
        var sums = new TreeMap<Double, Double>();
        page.lines().filter(line -> line.startsWith(name + "_bucket{")).forEach(line -> {
            int labelsEnd = line.lastIndexOf('}');
            var bound = BOUND.matcher(line.substring(0, labelsEnd));
            if (bound.find()) {
                var value = line.substring(labelsEnd + 1).strip().split(" ")[0];
                sums.merge(number(bound.group(1)), Double.parseDouble(value), Double::sum);
            }
        });
        return new Buckets(sums);
    }

    /** Both histograms have the same bounds, or one of them has none. */
    Buckets plus(Buckets other) {
        return with(other, 1);
    }

    /** What was counted since the other, earlier histogram of the same bounds. */
    Buckets minus(Buckets other) {
        return with(other, -1);
    }

    private Buckets with(Buckets other, int factor) {
        var sums = new TreeMap<>(cumulative);
        other.cumulative.forEach((bound, count) -> sums.merge(bound, factor * count, Double::sum));
        return new Buckets(sums);
    }

    /** The value, in seconds, that this share of all values does not exceed; interpolated within its bucket. */
    OptionalDouble quantile(double share) {
        double all =
                cumulative.values().stream().mapToDouble(count -> count).max().orElse(0);
        if (all == 0) {
            return OptionalDouble.empty();
        }
        double wanted = share * all;
        double lower = 0;
        double below = 0;
        for (var bucket : cumulative.entrySet()) {
            double upper = bucket.getKey();
            double upTo = bucket.getValue();
            if (upTo >= wanted) {
                boolean open = Double.isInfinite(upper);
                return OptionalDouble.of(
                        open || upTo == below ? lower : lower + (upper - lower) * (wanted - below) / (upTo - below));
            }
            lower = upper;
            below = upTo;
        }
        return OptionalDouble.of(lower);
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
