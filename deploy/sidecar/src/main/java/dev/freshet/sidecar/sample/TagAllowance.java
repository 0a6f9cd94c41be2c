package dev.freshet.sidecar.sample;

import dev.freshet.rules.Edge;
import java.util.OptionalInt;

/** How many tags an edge's provider purges in a minute, where it says so. */
public final class TagAllowance {
    private TagAllowance() {}

    /** The least that a contract has; empty: the provider names no limit, or it is one's own machine. */
    public static OptionalInt aMinute(Edge.Type type) {
        return switch (type) {
            // 5 requests a minute of 100 tags, free of charge; paid plans send 5 to 50 requests a second.
            case CLOUDFLARE -> OptionalInt.of(500);
            case AKAMAI -> OptionalInt.of(500);
            // 5 a second, one tag each.
            case BUNNY -> OptionalInt.of(300);
            // No rate: 3,000 may be in progress, and each takes up to 25 s.
            case CLOUDFRONT -> OptionalInt.of(7_200);
            case FASTLY, VARNISH, NGINX, SOUIN -> OptionalInt.empty();
        };
    }
}
