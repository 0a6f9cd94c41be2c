package dev.freshet.write.edge;

import dev.freshet.rules.edge.Ability;
import dev.freshet.rules.edge.Edge;
import java.time.Duration;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What one edge's provider takes: its buckets, and what may be spent in a month. Guarded by its queue's lock. */
final class PurgeBudget {
    private static final long A_WHILE = Duration.ofMinutes(1).toNanos();

    private final Edge edge;
    private final Supplier<YearMonth> months;
    private final Map<Edge.Kind, Bucket> buckets = new EnumMap<>(Edge.Kind.class);
    private YearMonth month;
    private long spent;
    private long unsaved;
    private long saving;
    private boolean isKnown;

    /** @param months the month that it is */
    PurgeBudget(Edge edge, long now, Supplier<YearMonth> months) {
        this.edge = edge;
        this.months = months;
        this.month = months.get();
        Map<String, Bucket> byName = new HashMap<>();
        for (Edge.Kind kind : edge.type().kinds()) {
            edge.rate(kind)
                    .ifPresent(rate ->
                            buckets.put(kind, byName.computeIfAbsent(rate.bucket(), name -> new Bucket(rate, now))));
        }
    }

    /** Names that were sent since this was asked last; whoever asks tells {@link #spent} or {@link #notSaved} what became of them. */
    long toSave() {
        saving = unsaved;
        unsaved = 0;
        return saving;
    }

    /** So many names were sent in a month by all processes, those that were {@link #toSave} among them. */
    void spent(YearMonth in, long names) {
        if (in.equals(months.get())) {
            // A store that forgot what it was told says less than is known.
            spent = in.equals(month) ? Math.max(spent + saving, names) : names;
            month = in;
            isKnown = true;
        }
        saving = 0;
    }

    /** They could not be told. */
    void notSaved() {
        unsaved += saving;
        saving = 0;
    }

    /** The month that it is. */
    YearMonth month() {
        return months.get();
    }

    /** Most names of a kind that may leave in one call now; 0 where none may. */
    int room(Edge.Kind kind, long now) {
        int perCall = ability(kind).perCall();
        long room = perCall;
        Bucket bucket = buckets.get(kind);
        if (bucket != null) {
            int tokens = bucket.tokens(now);
            room = switch (bucket.counts()) {
                case CALLS -> tokens >= 1 ? perCall : 0;
                case NAMES -> Math.min(perCall, tokens);
            };
        }
        return (int) Math.max(0, Math.min(room, left().orElse(Long.MAX_VALUE)));
    }

    /** Whether the month has room for as many names. */
    boolean hasRoom(int names) {
        return left().orElse(names) >= names;
    }

    /** How long until there may be room for one name; 0 where there is. */
    long nanosUntilRoom(Edge.Kind kind, long now) {
        return hasRoom(1) ? nanosUntilTokens(kind, 1, now) : A_WHILE;
    }

    /** How long until the provider takes as many names, or as many as it ever does; 0 where it does, whatever the month says. */
    long nanosUntilTokens(Edge.Kind kind, int names, long now) {
        Bucket bucket = buckets.get(kind);
        return bucket == null
                ? 0
                : switch (bucket.counts()) {
                    case CALLS -> bucket.nanosUntil(1, now);
                    case NAMES -> bucket.nanosUntil(names, now);
                };
    }

    /** Most names of a kind that ever leave in one call. */
    int mostInACall(Edge.Kind kind) {
        int perCall = ability(kind).perCall();
        Bucket bucket = buckets.get(kind);
        return bucket == null
                ? perCall
                : switch (bucket.counts()) {
                    case CALLS -> perCall;
                    case NAMES -> Math.min(perCall, bucket.burst());
                };
    }

    /** A call leaves, for the first time. */
    void spend(Edge.Kind kind, int names, long now) {
        spendAgain(kind, names, now);
        if (edge.budget().perMonth().isPresent()) {
            unsaved += names;
        }
    }

    /** It leaves once more: a month counts a call once, however often it is made. */
    void spendAgain(Edge.Kind kind, int names, long now) {
        Bucket bucket = buckets.get(kind);
        if (bucket != null) {
            bucket.take(
                    switch (bucket.counts()) {
                        case CALLS -> 1;
                        case NAMES -> names;
                    },
                    now);
        }
    }

    /** Nothing of a call was taken, so that nobody asks money for it. */
    void giveBack(int names) {
        if (edge.budget().perMonth().isPresent()) {
            unsaved -= names;
        }
    }

    /** Whether it can be told what may be spent. */
    boolean isKnown() {
        return isKnown || edge.budget().perMonth().isEmpty();
    }

    /** The provider says that there is no room. */
    void exhausted(Edge.Kind kind, long now) {
        Bucket bucket = buckets.get(kind);
        if (bucket != null) {
            bucket.empty(now);
        }
    }

    /** Whether anything bounds it. */
    boolean isBounded() {
        return !buckets.isEmpty() || edge.budget().perMonth().isPresent();
    }

    /** What can be spent still; empty: any number of names. Nothing before it is known what was spent. */
    OptionalLong left() {
        if (edge.budget().perMonth().isEmpty()) {
            return OptionalLong.empty();
        }
        if (!months.get().equals(month)) {
            month = months.get();
            spent = 0;
        }
        return OptionalLong.of(isKnown ? edge.budget().perMonth().getAsLong() - spent - saving - unsaved : 0);
    }

    /** Kinds of which more wait than can leave within {@code maxDelay}. */
    Set<Edge.Kind> overloaded(Map<Edge.Kind, Integer> waiting, long now) {
        Map<Bucket, Double> wanted = new HashMap<>();
        waiting.forEach((kind, names) ->
                bucket(kind).ifPresent(bucket -> wanted.merge(bucket, tokens(bucket, kind, names), Double::sum)));
        long horizon = edge.maxDelay().toNanos();
        long all = waiting.values().stream().mapToLong(Integer::longValue).sum();
        long left = left().orElse(Long.MAX_VALUE);
        // Where nothing is left, what waits leaves with the next month, which may well carry it.
        boolean isTooMuchAMonth = left > 0 && all > left;
        return waiting.keySet().stream()
                .filter(kind -> isTooMuchAMonth
                        || bucket(kind)
                                .filter(bucket -> wanted.getOrDefault(bucket, 0.0) > bucket.within(horizon, now))
                                .isPresent())
                .collect(Collectors.toSet());
    }

    private Optional<Bucket> bucket(Edge.Kind kind) {
        return Optional.ofNullable(buckets.get(kind));
    }

    private double tokens(Bucket bucket, Edge.Kind kind, int names) {
        return switch (bucket.counts()) {
            case CALLS -> Math.ceil((double) names / ability(kind).perCall());
            case NAMES -> names;
        };
    }

    private Ability ability(Edge.Kind kind) {
        return edge.type()
                .ability(kind)
                .orElseThrow(
                        () -> new IllegalStateException("nobody refused a purge by " + kind + " at " + edge.name()));
    }
}
