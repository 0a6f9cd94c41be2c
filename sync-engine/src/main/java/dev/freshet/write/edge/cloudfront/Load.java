package dev.freshet.write.edge.cloudfront;

import java.util.List;

/** What CloudFront limits of the invalidations in progress at one distribution, each for itself. A tag counts as a path. */
record Load(int paths, int wildcards) {
    static final Load NOTHING = new Load(0, 0);
    static final Load MOST = new Load(3_000, 15);

    static Load of(List<String> items) {
        int wildcards =
                (int) items.stream().filter(InvalidationItems::isWildcard).count();
        return new Load(items.size() - wildcards, wildcards);
    }

    Load plus(Load other) {
        return new Load(paths + other.paths, wildcards + other.wildcards);
    }

    Load minus(Load other) {
        return new Load(paths - other.paths, wildcards - other.wildcards);
    }

    boolean isWithin(Load most) {
        return paths <= most.paths && wildcards <= most.wildcards;
    }
}
