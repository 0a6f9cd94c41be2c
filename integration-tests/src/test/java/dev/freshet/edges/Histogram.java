package dev.freshet.edges;

import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A histogram of a page of metrics, all its series together.
 *
 * @param upTo from a bucket's upper bound, in seconds, to how many values are not above it
 */
record Histogram(TreeMap<Double, Double> upTo) {
    static final Histogram NONE = new Histogram(new TreeMap<>());

    private static final Pattern BUCKET = Pattern.compile("le=\"([^\"]+)\".*} ([0-9.E+-]+)$");

    static Histogram of(String metrics, String name) {
        TreeMap<Double, Double> upTo = new TreeMap<>();
        metrics.lines().filter(line -> line.startsWith(name + "_bucket{")).forEach(line -> {
            Matcher bucket = BUCKET.matcher(line);
            if (bucket.find()) {
                double bound =
                        bucket.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.group(1));
                upTo.merge(bound, Double.parseDouble(bucket.group(2)), Double::sum);
            }
        });
        return new Histogram(upTo);
    }

    /** What came since an earlier one. */
    Histogram minus(Histogram earlier) {
        TreeMap<Double, Double> since = new TreeMap<>(upTo);
        earlier.upTo.forEach((bound, count) -> since.merge(bound, -count, Double::sum));
        return new Histogram(since);
    }

    long count() {
        double all = 0;
        for (double upToHere : upTo.values()) {
            all = upToHere;
        }
        return Math.round(all);
    }

    /** The upper bound of the bucket in which this share of all values ends, interpolated. */
    double millis(double share) {
        double wanted = share * count();
        double lower = 0;
        double below = 0;
        for (var bucket : upTo.entrySet()) {
            if (bucket.getValue() >= wanted) {
                double upper = bucket.getKey();
                double within = bucket.getValue() == below ? 0 : (wanted - below) / (bucket.getValue() - below);
                return 1_000 * (Double.isInfinite(upper) ? lower : lower + (upper - lower) * within);
            }
            lower = bucket.getKey();
            below = bucket.getValue();
        }
        return 1_000 * lower;
    }
}
