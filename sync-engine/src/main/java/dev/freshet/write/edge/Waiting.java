package dev.freshet.write.edge;

import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Operation;
import dev.freshet.plan.PurgeOf;
import dev.freshet.rules.edge.Edge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A name that is to be purged, for all who want it. Guarded by its queue's lock.
 *
 * <p>It holds a ticket until it is purged, or until it is parked: kept somewhere durable under one text or, where it was parked before
 * others came to want it too, under several.
 */
final class Waiting {
    private final EdgeTarget target;
    private final List<Operation.Purge> wanted;
    private final long since;
    private final Optional<Instant> firstCommit;
    private final Set<ParkedPurge> parked = new HashSet<>();
    private Optional<Long> ticket;
    private boolean isDone;

    /** One that nobody else wants yet. */
    Waiting(Operation.Purge purge, Optional<Long> ticket, long since) {
        this(purge.target(), List.of(purge), ticket, since, oldest(List.of(purge)));
    }

    /**
     * One that stands durably.
     *
     * @param wanted by all who want it, of one target
     */
    Waiting(ParkedPurge text, List<Operation.Purge> wanted, long since) {
        this(wanted.getFirst().target(), List.copyOf(wanted), Optional.empty(), since, oldest(wanted));
        parked.add(text);
    }

    private Waiting(
            EdgeTarget target,
            List<Operation.Purge> wanted,
            Optional<Long> ticket,
            long since,
            Optional<Instant> firstCommit) {
        this.target = target;
        this.wanted = wanted;
        this.ticket = ticket;
        this.since = since;
        this.firstCommit = firstCommit;
    }

    private static Optional<Instant> oldest(List<Operation.Purge> wanted) {
        return wanted.stream().map(Operation.Purge::committedAt).min(Instant::compareTo);
    }

    /** Both as one, which holds the earlier ticket; neither of them is to be used any more. */
    static Waiting both(Waiting one, Waiting other) {
        List<Operation.Purge> all = new ArrayList<>(one.wanted);
        for (Operation.Purge purge : other.wanted) {
            int same = -1;
            for (int i = 0; i < all.size(); i++) {
                if (PurgeOf.of(all.get(i)).equals(PurgeOf.of(purge))) {
                    same = i;
                }
            }
            if (same < 0) {
                all.add(purge);
            } else {
                all.set(same, PurgeOf.both(all.get(same), purge));
            }
        }
        Optional<Long> least = one.ticket.isPresent() && other.ticket.isPresent()
                ? Optional.of(Math.min(one.ticket.get(), other.ticket.get()))
                : one.ticket.or(() -> other.ticket);
        Optional<Instant> first =
                Stream.of(one, other).flatMap(each -> each.firstCommit.stream()).min(Instant::compareTo);
        Waiting both = new Waiting(one.target, List.copyOf(all), least, Math.min(one.since, other.since), first);
        both.parked.addAll(one.parked);
        both.parked.addAll(other.parked);
        one.isDone = true;
        other.isDone = true;
        return both;
    }

    /** The same to be purged once more, from then on. */
    Waiting repeated(long from) {
        List<Operation.Purge> once = wanted.stream()
                .map(purge -> new Operation.Purge(
                        purge.rule(),
                        purge.version(),
                        purge.committedAt(),
                        purge.edge(),
                        purge.target(),
                        purge.soft(),
                        Optional.empty(),
                        purge.escalate()))
                .toList();
        Waiting again = new Waiting(target, once, ticket, from, Optional.empty());
        again.parked.addAll(parked);
        isDone = true;
        return again;
    }

    EdgeTarget target() {
        return target;
    }

    List<Operation.Purge> wanted() {
        return wanted;
    }

    /** Since when it waits, in nanoseconds of the queue's clock. */
    long since() {
        return since;
    }

    /** Empty where it is parked, or was. */
    Optional<Long> ticket() {
        return ticket;
    }

    /** Where it stands durably; to be forgotten once it is purged. */
    Set<ParkedPurge> parked() {
        return parked;
    }

    /** It stands durably, so that nothing else has to be kept for it. */
    void parkedAs(ParkedPurge text) {
        parked.add(text);
        ticket = Optional.empty();
    }

    /** What it is purged in place of stands durably. */
    void inPlaceOf(ParkedPurge text) {
        parked.add(text);
    }

    /** Whether it was purged, or became another one. */
    boolean isDone() {
        return isDone;
    }

    void done() {
        isDone = true;
    }

    /** As hard as anybody wants it. */
    boolean soft() {
        return wanted.stream().allMatch(Operation.Purge::soft);
    }

    /** The longest that anybody wants. */
    Optional<Duration> againAfter() {
        return wanted.stream().flatMap(purge -> purge.againAfter().stream()).max(Duration::compareTo);
    }

    /** Of the oldest change that waits for it and was not purged before; empty where it is only repeated. */
    Optional<Instant> firstCommit() {
        return firstCommit;
    }

    Edge.Kind kind() {
        return kind(target);
    }

    static Edge.Kind kind(EdgeTarget target) {
        return switch (target) {
            case EdgeTarget.Tagged tagged -> Edge.Kind.TAG;
            case EdgeTarget.Url url -> Edge.Kind.URL;
            case EdgeTarget.UrlPrefix prefix -> Edge.Kind.PREFIX;
            case EdgeTarget.Host host -> Edge.Kind.HOST;
            case EdgeTarget.Everything everything -> Edge.Kind.ALL;
        };
    }

    /** As an adapter wants it; nothing for everything. */
    String name() {
        return switch (target) {
            case EdgeTarget.Tagged tagged -> tagged.tag().text();
            case EdgeTarget.Url url -> url.url();
            case EdgeTarget.UrlPrefix prefix -> prefix.prefix();
            case EdgeTarget.Host host -> host.host();
            case EdgeTarget.Everything everything -> "";
        };
    }

    /** Whether everybody who wants it says what to purge instead. */
    boolean canEscalate() {
        return wanted.stream().noneMatch(purge -> purge.escalate().isEmpty());
    }
}
