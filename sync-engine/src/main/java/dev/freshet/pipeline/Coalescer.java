package dev.freshet.pipeline;

import dev.freshet.plan.CacheKey;
import dev.freshet.plan.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves of many operations on one entry what the last of them makes of it. A sweep parts what stands before it from what
 * stands after.
 *
 * <p>What is left means the same to a reader: nobody sees the entries between, and the fence knows the last version.
 */
final class Coalescer {
    private final List<Operation> out = new ArrayList<>();
    private final Map<CacheKey, Pending> pending = new LinkedHashMap<>();

    private Coalescer() {}

    static List<Operation> coalesce(List<Operation> operations) {
        Coalescer coalescer = new Coalescer();
        for (Operation operation : operations) {
            switch (operation) {
                case Operation.Sweep sweep -> {
                    coalescer.flush();
                    coalescer.out.add(sweep);
                }
                case Operation.Put put -> coalescer.pending.put(put.key(), new Pending.Decided(put));
                case Operation.Invalidate invalidate ->
                    coalescer.pending.put(invalidate.key(), new Pending.Decided(invalidate));
                case Operation.Remove remove ->
                    coalescer.pending.merge(
                            remove.key(), new Pending.Removals(List.of(remove)), (before, now) -> before.then(remove));
            }
        }
        coalescer.flush();
        return coalescer.out;
    }

    private void flush() {
        pending.values().forEach(each -> each.addTo(out));
        pending.clear();
    }

    /** What is to be done to one entry so far. */
    private sealed interface Pending {
        Pending then(Operation.Remove remove);

        void addTo(List<Operation> out);

        /** Whatever the cache holds now, this is what it will hold: a put or an invalidation. */
        record Decided(Operation.OnEntry last) implements Pending {
            /** Only the owner removes what a put writes; then it is gone, whoever owned it before. */
            @Override
            public Pending then(Operation.Remove remove) {
                boolean stays =
                        last instanceof Operation.Put put && !put.owner().equals(remove.owner());
                return stays
                        ? this
                        : new Decided(new Operation.Invalidate(
                                remove.rule(), remove.version(), remove.committedAt(), remove.key()));
            }

            @Override
            public void addTo(List<Operation> out) {
                out.add(last);
            }
        }

        /** The cache alone knows which of these owners, if any, has the entry. */
        record Removals(List<Operation.Remove> each) implements Pending {
            @Override
            public Pending then(Operation.Remove remove) {
                List<Operation.Remove> more = new ArrayList<>(each);
                more.removeIf(earlier -> earlier.owner().equals(remove.owner()));
                more.add(remove);
                return new Removals(more);
            }

            @Override
            public void addTo(List<Operation> out) {
                out.addAll(each);
            }
        }
    }
}
