package dev.freshet.settings;

import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.rules.yaml.Section;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The PostgreSQL that changes come from.
 *
 * @param database where it is
 * @param user who reads it; needs the right to replicate
 * @param password of that user; empty where the server asks for none
 * @param slot the replication slot, created when missing; default {@code freshet}, so that one process a database needs to say
 *     nothing
 * @param publication created for the tables of the rules; default {@code freshet}, as the slot
 * @param snapshot whether rows that are there already are read; default {@code initial}, since an entry that nobody wrote is
 *     found missing by its first reader
 * @param onGap what is done where the log no longer reaches back to the checkpoint; default {@code resync}, since a cache that
 *     lost changes is wrong until it is read anew
 * @param retain how long the database keeps log that is done with; default 1 min, since a cache that fails over may have lost
 *     its last writes, and no failover takes longer
 * @param schemaCheck how often the tables are looked at for what no change of a row tells; default 5 s, since it is one short
 *     query of the catalogue, and entries are stale so long
 * @param stalledAfter how long the database may say nothing though it was asked to, and the pipeline hang; default 1 min, twice
 *     of what a failover takes, and entries are stale so long
 * @param maxLag how much log the database may keep for the slot; default any amount, since how much a disk takes, and what missing
 *     changes costs, is known to its owner alone
 * @param onMaxLag what is done above it; default {@code warn}, since dropping the slot means to read every table again
 * @param queryTimeout of one query of the rules; default 10 s, since everything behind it waits
 * @param replica answers the queries of rules in the database's place, for the same user; default none, since it is always behind
 */
public record DatabaseSettings(
        DatabaseAddress database,
        String user,
        Optional<Secret> password,
        String slot,
        String publication,
        Snapshot snapshot,
        OnGap onGap,
        Duration retain,
        Duration schemaCheck,
        Duration stalledAfter,
        Optional<Long> maxLag,
        OnMaxLag onMaxLag,
        Duration queryTimeout,
        Optional<DatabaseAddress> replica)
        implements SourceSettings {
    static final Duration DEFAULT_RETAIN = Duration.ofMinutes(1);
    static final Duration DEFAULT_SCHEMA_CHECK = Duration.ofSeconds(5);
    static final Duration DEFAULT_STALLED_AFTER = Duration.ofMinutes(1);
    static final Duration DEFAULT_QUERY_TIMEOUT = Duration.ofSeconds(10);
    static final String DEFAULT_SLOT = "freshet";
    static final String DEFAULT_PUBLICATION = "freshet";
    static final Snapshot DEFAULT_SNAPSHOT = Snapshot.INITIAL;
    static final OnGap DEFAULT_ON_GAP = OnGap.RESYNC;
    static final OnMaxLag DEFAULT_ON_MAX_LAG = OnMaxLag.WARN;

    private static final Duration SHORTEST_CHECK = Duration.ofMillis(100);
    private static final Duration LONGEST_CHECK = Duration.ofHours(1);
    private static final Duration SHORTEST_STALL = Duration.ofSeconds(4);
    private static final Duration LONGEST_STALL = Duration.ofHours(1);
    private static final Duration LONGEST_QUERY = Duration.ofMinutes(1);
    private static final long LEAST_MAX_LAG = 1L << 20;
    private static final Duration LONGEST_RETAINED = Duration.ofDays(1);

    private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");
    private static final Pattern PUBLICATION = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}");

    private static final Kind<Snapshot> SNAPSHOT =
            Kind.words(Map.of("initial", Snapshot.INITIAL, "never", Snapshot.NEVER), Set.of());
    private static final Kind<OnGap> ON_GAP = Kind.words(Map.of("resync", OnGap.RESYNC, "stop", OnGap.STOP), Set.of());

    private static final Kind<OnMaxLag> ON_MAX_LAG =
            Kind.words(Map.of("warn", OnMaxLag.WARN, "drop_slot", OnMaxLag.DROP_SLOT), Set.of());

    /** What is done where the database keeps more log for the slot than it may. */
    public enum OnMaxLag {
        /** Say it. */
        WARN,
        /** Drop the slot rather than fill the disk; then there is a gap. */
        DROP_SLOT
    }

    /** Whether rows that are there already are read. */
    public enum Snapshot {
        /** Once, before the first change. */
        INITIAL,
        NEVER
    }

    /** What is done where the log no longer reaches back to the checkpoint. */
    public enum OnGap {
        /** Read every table of the rules anew. */
        RESYNC,
        /** Stop and let a person decide. */
        STOP
    }

    public DatabaseSettings {
        Require.that(!user.isEmpty(), "a source has a user");
        Require.that(SLOT.matcher(slot).matches(), "a slot's name has 1 to 63 of a-z 0-9 _");
        Require.that(PUBLICATION.matcher(publication).matches(), "a publication's name is an identifier");
    }

    @Override
    public String pipeline() {
        return slot;
    }

    /** Empty where something is wrong, which is reported. */
    static Optional<DatabaseSettings> read(Section source) {
        Optional<DatabaseAddress> database = DatabaseAddress.read(source);
        Optional<String> user = source.required("user", Kind.TEXT);
        Optional<Secret> password = source.optional("password", Kind.SECRET);
        Optional<String> slot = source.optional("slot", Kind.matching(SLOT, "1 to 63 of a-z 0-9 _"));
        Optional<String> publication = source.optional(
                "publication", Kind.matching(PUBLICATION, "1 to 63 of A-Z a-z 0-9 _ $, beginning with a letter or _"));
        Optional<Snapshot> snapshot = source.optional("snapshot", SNAPSHOT);
        Optional<OnGap> onGap = source.optional("on_gap", ON_GAP);
        Optional<Duration> retain = source.optional(
                "retain",
                Kind.DURATION.within(most -> most.compareTo(LONGEST_RETAINED) <= 0, "a duration of at most 1d"));
        Optional<Duration> schemaCheck = source.optional(
                "schema_check",
                Kind.DURATION.within(
                        every -> every.compareTo(SHORTEST_CHECK) >= 0 && every.compareTo(LONGEST_CHECK) <= 0,
                        "a duration from 100ms to 1h"));
        Optional<Duration> stalledAfter = source.optional(
                "stalled_after",
                Kind.DURATION.within(
                        time -> time.compareTo(SHORTEST_STALL) >= 0 && time.compareTo(LONGEST_STALL) <= 0,
                        "a duration from 4s to 1h"));
        Optional<Long> maxLag = source.optional(
                "max_lag", Kind.SIZE.within(bytes -> bytes >= LEAST_MAX_LAG, "a size of at least 1MB, such as 20GB"));
        Optional<OnMaxLag> onMaxLag = source.optional("on_max_lag", ON_MAX_LAG);
        if (!source.has("max_lag")) {
            source.redundant("there is no max_lag above which it would be done", "on_max_lag");
        }
        Optional<Duration> queryTimeout = source.optional(
                "query_timeout",
                Kind.DURATION.within(most -> most.compareTo(LONGEST_QUERY) <= 0, "a duration of at most 1m"));
        Optional<DatabaseAddress> replica = source.optional("replica", DatabaseAddress.URL);
        source.finish();
        return source.ifSound(() -> new DatabaseSettings(
                database.orElseThrow(),
                user.orElseThrow(),
                password,
                slot.orElse(DEFAULT_SLOT),
                publication.orElse(DEFAULT_PUBLICATION),
                snapshot.orElse(DEFAULT_SNAPSHOT),
                onGap.orElse(DEFAULT_ON_GAP),
                retain.orElse(DEFAULT_RETAIN),
                schemaCheck.orElse(DEFAULT_SCHEMA_CHECK),
                stalledAfter.orElse(DEFAULT_STALLED_AFTER),
                maxLag,
                onMaxLag.orElse(DEFAULT_ON_MAX_LAG),
                queryTimeout.orElse(DEFAULT_QUERY_TIMEOUT),
                replica));
    }
}
