package dev.freshet.plan;

import dev.freshet.rules.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one rule makes of one change, while it is being found out. */
final class Effects {
    private final List<Operation> writes = new ArrayList<>(1);
    private List<Operation> removals = List.of();
    private List<Failure> failures = List.of();
    private List<FanOut> fanOuts = List.of();

    /** Most changes have none of what is added so: nothing is made for it until then. */
    private static <T> List<T> with(List<T> some, T more) {
        List<T> all = some.isEmpty() ? new ArrayList<>() : some;
        all.add(more);
        return all;
    }

    void write(Operation write) {
        writes.add(write);
    }

    /** Takes effect unless the same change writes the same thing. */
    void remove(Operation.Remove removal) {
        removals = with(removals, removal);
    }

    /** As above. */
    void remove(Operation.RemovePart removal) {
        removals = with(removals, removal);
    }

    /**
     * The same, where it is not more than the rule allows one change. If it is, purges that can be escalated are; if that is not
     * enough, the entries go that would have been put, and the dead letter tells of the rest.
     */
    Effects within(Rule rule) {
        return fitting(rule).orElseGet(() -> {
            Effects rest = new Effects();
            writes.forEach(write -> rest.writes.addAll(withoutMaking(write)));
            rest.removals = removals;
            rest.failures = failures;
            rest.fanOuts = fanOuts;
            rest.fail(
                    new Failure(
                            rule.name(),
                            "limit",
                            "the change makes " + size() + " names, and the rule's limit is " + rule.limit()
                                    + "; entries of these names were removed, nothing was put, purged or told; raise the limit"));
            return rest;
        });
    }

    private static List<Operation> withoutMaking(Operation write) {
        return switch (write) {
            case Operation.Purge purge -> List.of();
            case Operation.Publish publish -> List.of();
            case Operation other -> List.of(Removal.insteadOf(other).orElse(other));
        };
    }

    /** The same, its purges escalated where it takes that; empty where it is more than the rule allows all the same. */
    Optional<Effects> fitting(Rule rule) {
        if (size() <= rule.limit()) {
            return Optional.of(this);
        }
        Effects escalated = new Effects();
        Set<Operation> once = new LinkedHashSet<>();
        writes.forEach(write -> once.addAll(escalated(write)));
        escalated.writes.addAll(once);
        escalated.removals = removals;
        escalated.failures = failures;
        escalated.fanOuts = fanOuts;
        return escalated.size() <= rule.limit() ? Optional.of(escalated) : Optional.empty();
    }

    /** How many names it has. */
    int size() {
        return writes.size() + removals.size();
    }

    private static List<Operation> escalated(Operation write) {
        if (!(write instanceof Operation.Purge purge) || purge.escalate().isEmpty()) {
            return List.of(write);
        }
        List<Set<EdgeTarget>> further =
                purge.escalate().subList(1, purge.escalate().size());
        return purge.escalate().getFirst().stream()
                .<Operation>map(target -> new Operation.Purge(
                        purge.rule(),
                        purge.version(),
                        purge.committedAt(),
                        purge.edge(),
                        target,
                        false,
                        purge.againAfter(),
                        further))
                .toList();
    }

    /** The same, each thing once. */
    Effects distinct() {
        Effects once = new Effects();
        once.writes.addAll(new LinkedHashSet<>(writes));
        once.removals = new ArrayList<>(new LinkedHashSet<>(removals));
        once.failures = new ArrayList<>(new LinkedHashSet<>(failures));
        return once;
    }

    void ask(FanOut fanOut) {
        fanOuts = with(fanOuts, fanOut);
    }

    void fail(Failure failure) {
        failures = with(failures, failure);
    }

    /** Within one change an entry, or a part of one, that is both removed and written is written. */
    static Plan together(List<Effects> all) {
        if (all.size() == 1 && all.getFirst().removals.isEmpty()) {
            Effects only = all.getFirst();
            return new Plan(only.writes, only.failures, only.fanOuts);
        }
        List<Operation> operations = new ArrayList<>();
        List<Operation> removals = new ArrayList<>(0);
        List<Failure> failures = new ArrayList<>(0);
        List<FanOut> fanOuts = new ArrayList<>(0);
        for (Effects each : all) {
            operations.addAll(each.writes);
            removals.addAll(each.removals);
            failures.addAll(each.failures);
            fanOuts.addAll(each.fanOuts);
        }
        if (!removals.isEmpty()) {
            Set<Place> written = new HashSet<>();
            operations.forEach(write -> addWritten(written, write));
            for (Operation removal : removals) {
                if (!written.contains(Place.of(removal))) {
                    operations.add(removal);
                }
            }
        }
        return new Plan(operations, failures, fanOuts);
    }

    private static void addWritten(Set<Place> written, Operation write) {
        if (write instanceof Operation.Put || write instanceof Operation.PutPart) {
            written.add(Place.of(write));
        }
    }

    /** An entry or a part of one. */
    private sealed interface Place {
        record OfEntry(CacheKey key) implements Place {}

        record OfPart(CacheKey key, Part part) implements Place {}

        static Place of(Operation operation) {
            if (operation instanceof Operation.OnEntry onEntry) {
                return new OfEntry(onEntry.key());
            }
            if (operation instanceof Operation.OnPart onPart) {
                return new OfPart(onPart.key(), onPart.part());
            }
            throw new IllegalArgumentException("it has no place: " + operation);
        }
    }
}
