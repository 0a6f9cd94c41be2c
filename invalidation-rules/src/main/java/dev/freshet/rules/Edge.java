package dev.freshet.rules;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * An edge cache that purges go to.
 *
 * @param type whose it is, and so what it can
 * @param soft whether purges are soft where their rule does not say
 * @param maxDelay how long purges may wait for others, and for the provider's budget, before they are escalated
 * @param options what the provider wants besides
 */
public record Edge(EdgeName name, Type type, boolean soft, Duration maxDelay, EdgeOption.Members options) {
    /** Short enough to be called fresh, long enough to gather what a burst of changes purges twice. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(30);

    /** What a purge can name. */
    public enum Kind {
        TAG,
        URL,
        PREFIX,
        HOST,
        ALL
    }

    /** A make of edge: what it can purge, what of that softly, and how long a tag of it may be. */
    public enum Type {
        FASTLY,
        CLOUDFLARE,
        CLOUDFRONT,
        AKAMAI,
        BUNNY,
        VARNISH,
        NGINX,
        SOUIN;

        /** In bytes. */
        public int longestTag() {
            return switch (this) {
                case AKAMAI -> 128;
                case CLOUDFRONT -> 256;
                case FASTLY, CLOUDFLARE, BUNNY, VARNISH, NGINX, SOUIN -> 1_024;
            };
        }

        /** Where it looks for an object's tags; empty where it has none. */
        public Optional<TagHeader> tagHeader() {
            return TagHeader.of(this);
        }

        public boolean can(Kind kind) {
            return kinds().contains(kind);
        }

        private Set<Kind> kinds() {
            return switch (this) {
                case CLOUDFLARE, VARNISH -> Set.of(Kind.TAG, Kind.URL, Kind.PREFIX, Kind.HOST, Kind.ALL);
                case CLOUDFRONT, BUNNY -> Set.of(Kind.TAG, Kind.URL, Kind.PREFIX, Kind.ALL);
                case FASTLY, SOUIN -> Set.of(Kind.TAG, Kind.URL, Kind.ALL);
                case AKAMAI -> Set.of(Kind.TAG, Kind.URL);
                case NGINX -> Set.of(Kind.URL, Kind.PREFIX, Kind.ALL);
            };
        }

        /** Whether it can leave the old object to be served until the new one is there. */
        public boolean canSoftly(Kind kind) {
            return switch (this) {
                case FASTLY, AKAMAI -> kind == Kind.TAG || kind == Kind.URL;
                case VARNISH -> kind == Kind.TAG;
                case CLOUDFLARE, CLOUDFRONT, BUNNY, NGINX, SOUIN -> false;
            };
        }
    }
}
