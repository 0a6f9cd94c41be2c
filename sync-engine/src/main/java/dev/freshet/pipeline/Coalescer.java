package dev.freshet.pipeline;

import dev.freshet.change.RowId;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.KeyPrefix;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Part;
import dev.freshet.plan.PurgeOf;
import dev.freshet.rules.RuleName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves of many operations on one entry, or on one part of a shared entry, what the last of them makes of it. A sweep parts
 * what stands before it from what stands after.
 *
 * <p>What is left means the same to a reader: nobody sees the entries between, and the fence knows the last version. Parts
 * of one key never touch each other, and no key has both parts and a whole entry: a key has one keeper.
 *
 * <p>Of many refreshes of one entry the last is left: what it holds is asked once, after all of them.
 *
 * <p>An invalidation by tag or prefix goes behind the entries around it, and the newest stands for all. It removes what is
 * older than itself alone, so an entry that was put between two of them goes, and one that was put after the last stays.
 *
 * <p>Messages go behind all that is written, sweeps included, each of them and in their order: what one change says to a stream
 * stays together.
 *
 * <p>Purges go behind all that is written. Two of one target are one: as hard as the harder, escalated to what either names.
 */
final class Coalescer {
    private final List<Operation> out = new ArrayList<>();
    private final Map<CacheKey, PendingEntry> entries = new LinkedHashMap<>();
    private final Map<CacheKey, Operation.Refresh> refreshes = new LinkedHashMap<>();
    private final Map<PartOf, PendingPart> parts = new LinkedHashMap<>();
    private final Map<CacheTag, Operation.InvalidateTag> tags = new LinkedHashMap<>();
    private final List<Operation.Publish> messages = new ArrayList<>();
    private final Map<PurgeOf, Operation.Purge> purges = new LinkedHashMap<>();
    private final Map<KeyPrefix, Operation.InvalidatePrefix> prefixes = new LinkedHashMap<>();
    private final Map<Extent, Operation.Scan> scans = new HashMap<>();

    private Coalescer() {}

    private record PartOf(CacheKey key, Part part) {}

    static List<Operation> coalesce(List<Operation> operations) {
        Coalescer coalescer = new Coalescer();
        operations.forEach(coalescer::add);
        coalescer.flush();
        coalescer.out.addAll(coalescer.messages);
        coalescer.out.addAll(coalescer.purges.values());
        return coalescer.out;
    }

    private void add(Operation operation) {
        switch (operation) {
            case Operation.Put put -> entries.put(put.key(), new PendingEntry.Decided(put.leaving(left(put.key()))));
            case Operation.Invalidate invalidate ->
                entries.put(invalidate.key(), new PendingEntry.Decided(invalidate.leaving(left(invalidate.key()))));
            case Operation.Remove remove -> {
                PendingEntry before = entries.get(remove.key());
                entries.put(
                        remove.key(),
                        before == null ? new PendingEntry.Removals(List.of(remove)) : before.then(remove));
            }
            case Operation.Refresh refresh -> refreshes.put(refresh.key(), refresh);
            case Operation.PutFound put -> throw answered(put);
            case Operation.RemoveFound remove -> throw answered(remove);
            case Operation.PutPart put -> parts.put(new PartOf(put.key(), put.part()), new PendingPart.Decided(put));
            case Operation.DropPart drop ->
                parts.put(new PartOf(drop.key(), drop.part()), new PendingPart.Decided(drop));
            case Operation.RemovePart remove -> {
                PartOf place = new PartOf(remove.key(), remove.part());
                PendingPart before = parts.get(place);
                parts.put(place, before == null ? new PendingPart.Removals(List.of(remove)) : before.then(remove));
            }
            case Operation.InvalidateTag tag -> tags.put(tag.tag(), tag);
            case Operation.InvalidatePrefix prefix -> prefixes.put(prefix.prefix(), prefix);
            case Operation.InvalidateTags all -> barrier(all);
            case Operation.Publish publish -> messages.add(publish);
            case Operation.Purge purge -> purges.merge(PurgeOf.of(purge), purge, PurgeOf::both);
            case Operation.Sweep sweep -> barrier(sweep);
            case Operation.SweepParts sweep -> barrier(sweep);
            case Operation.SweepTagged sweep -> barrier(sweep);
        }
    }

    private static IllegalStateException answered(Operation operation) {
        return new IllegalStateException("it is coalesced before it is answered: " + operation);
    }

    /** One that comes again removes what it removed before as well. */
    private void barrier(Operation.Scan sweep) {
        flush();
        Operation earlier = scans.put(Extent.of(sweep), sweep);
        if (earlier != null) {
            out.remove(earlier);
        }
        out.add(sweep);
    }

    /** What a scan goes over, whatever its version. */
    private record Extent(Class<?> kind, RuleName rule, List<Object> names) {
        static Extent of(Operation.Scan scan) {
            List<Object> names = switch (scan) {
                case Operation.Sweep sweep -> List.of(sweep.pattern(), sweep.table());
                case Operation.SweepParts sweep -> List.of(sweep.pattern(), sweep.parts(), sweep.table());
                case Operation.SweepTagged sweep -> List.of(sweep.tags(), sweep.pattern(), sweep.table());
                case Operation.InvalidateTags invalidate -> List.of(invalidate.tags());
                case Operation.InvalidatePrefix invalidate -> List.of(invalidate.prefix());
            };
            return new Extent(scan.getClass(), scan.rule(), names);
        }
    }

    private Set<CacheTag> left(CacheKey key) {
        PendingEntry before = entries.get(key);
        return before == null ? Set.of() : before.tags();
    }

    private void flush() {
        entries.values().forEach(each -> each.addTo(out));
        out.addAll(refreshes.values());
        parts.values().forEach(each -> each.addTo(out));
        out.addAll(tags.values());
        out.addAll(prefixes.values());
        entries.clear();
        refreshes.clear();
        parts.clear();
        tags.clear();
        prefixes.clear();
    }

    private static <T> List<T> with(List<T> some, T more) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }

    /** What is to be done to one whole entry so far. */
    private sealed interface PendingEntry {
        PendingEntry then(Operation.Remove remove);

        /** Every tag under which the entry may stand by now, so that whatever comes next leaves it. */
        Set<CacheTag> tags();

        void addTo(List<Operation> out);

        /** Whatever the cache holds now, this is what it will hold: a put or an invalidation. */
        record Decided(Operation.OnEntry last) implements PendingEntry {
            /** Only the owner removes what a put writes; then it is gone, whoever owned it before. */
            @Override
            public PendingEntry then(Operation.Remove remove) {
                if (last instanceof Operation.Put put && !put.owner().equals(remove.owner())) {
                    return new Decided(put.leaving(remove.leave()));
                }
                return new Decided(new Operation.Invalidate(
                                remove.rule(), remove.version(), remove.committedAt(), remove.key(), remove.leave())
                        .leaving(tags()));
            }

            @Override
            public Set<CacheTag> tags() {
                return switch (last) {
                    case Operation.Refresh refresh -> refresh.tags();
                    case Operation.PutFound put -> put.tags();
                    case Operation.RemoveFound remove -> remove.leave();
                    case Operation.Put put -> put.tagging().all();
                    case Operation.Remove remove -> remove.leave();
                    case Operation.Invalidate invalidate -> invalidate.leave();
                };
            }

            @Override
            public void addTo(List<Operation> out) {
                out.add(last);
            }
        }

        /** The cache alone knows which of these owners, if any, has the entry. */
        record Removals(List<Operation.Remove> each) implements PendingEntry {
            @Override
            public PendingEntry then(Operation.Remove remove) {
                Operation.Remove last = remove;
                List<Operation.Remove> others = new ArrayList<>();
                for (Operation.Remove earlier : each) {
                    if (earlier.owner().equals(remove.owner())) {
                        last = last.leaving(earlier.leave());
                    } else {
                        others.add(earlier);
                    }
                }
                return new Removals(with(others, last));
            }

            @Override
            public Set<CacheTag> tags() {
                Set<CacheTag> tags = new LinkedHashSet<>();
                each.forEach(remove -> tags.addAll(remove.leave()));
                return tags;
            }

            @Override
            public void addTo(List<Operation> out) {
                out.addAll(each);
            }
        }
    }

    /** What is to be done to one part so far; as for whole entries. */
    private sealed interface PendingPart {
        PendingPart then(Operation.RemovePart remove);

        void addTo(List<Operation> out);

        record Decided(Operation.OnPart last) implements PendingPart {
            @Override
            public PendingPart then(Operation.RemovePart remove) {
                boolean stays =
                        last instanceof Operation.PutPart put && !put.owner().equals(remove.owner());
                return stays
                        ? this
                        : new Decided(new Operation.DropPart(
                                remove.rule(), remove.version(), remove.committedAt(), remove.key(), remove.part()));
            }

            @Override
            public void addTo(List<Operation> out) {
                out.add(last);
            }
        }

        record Removals(List<Operation.RemovePart> each) implements PendingPart {
            @Override
            public PendingPart then(Operation.RemovePart remove) {
                RowId owner = remove.owner();
                return new Removals(with(
                        each.stream()
                                .filter(earlier -> !earlier.owner().equals(owner))
                                .toList(),
                        remove));
            }

            @Override
            public void addTo(List<Operation> out) {
                out.addAll(each);
            }
        }
    }
}
