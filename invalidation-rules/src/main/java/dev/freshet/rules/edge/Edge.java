package dev.freshet.rules.edge;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An edge cache that purges go to.
 *
 * @param type whose it is, and so what it can
 * @param soft whether purges are soft where their rule does not say
 * @param maxDelay how long purges may wait for the provider's budget, before they are escalated
 * @param gather how long a purge waits for others that can go with it
 * @param timeout of one call to the provider
 * @param outbox where purges wait that the provider does not take
 * @param onGap what becomes of the edge where changes were missed
 * @param plan what was bought of the provider
 * @param budget what is granted otherwise than by the plan
 * @param options what the provider wants besides
 */
public record Edge(
        EdgeName name,
        EdgeType type,
        boolean soft,
        Duration maxDelay,
        Duration gather,
        Duration timeout,
        Outbox outbox,
        OnGap onGap,
        Plan plan,
        Budget budget,
        EdgeOption.Members options) {
    /** Short enough to be called fresh, long enough to gather what a burst of changes purges twice. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(30);

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** What a purge can name. */
    public enum Kind {
        TAG,
        URL,
        PREFIX,
        HOST,
        ALL;

        /** As files say it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where purges wait so that a crash does not lose them. */
    public enum Outbox {
        /** In the database's log, which is kept until they are done. */
        LOG,
        /** In the cache, once they have waited for a moment, so that the log can be let go. */
        CACHE
    }

    /** What becomes of an edge where changes were missed, and nobody knows which of its objects are stale. */
    public enum OnGap {
        /** It is said, and nothing is purged. */
        TELL,
        /** Everything is purged once the cache is right again. */
        PURGE_ALL
    }

    /** How fast it takes what names objects of a kind; empty: as fast as it answers. */
    public Optional<Rate> rate(Kind kind) {
        return plan.rate(kind).map(budget::applied).or(budget::alone);
    }

    /** How many names of a kind its provider takes in a minute, call after call; empty: nobody says. */
    public OptionalLong perMinute(Kind kind) {
        Optional<Long> most = rate(kind)
                .flatMap(rate -> type.ability(kind).map(ability -> switch (rate.counts()) {
                    case CALLS -> (long) rate.perMinute() * ability.perCall();
                    case NAMES -> (long) rate.perMinute();
                }));
        return most.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** Whether it can purge by this with these settings. */
    public boolean can(Kind kind) {
        return type.ability(kind)
                .filter(ability -> ability.needs()
                        .filter(key -> !options.members().containsKey(key))
                        .isEmpty())
                .isPresent();
    }

    /** Where it looks for an object's tags; empty where it has none. */
    public Optional<TagHeader> tagHeader() {
        return type.tags()
                .map(header ->
                        options.text(Capabilities.HEADER).map(header::named).orElse(header));
    }
}
