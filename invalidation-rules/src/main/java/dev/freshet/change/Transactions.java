package dev.freshet.change;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Transactions of the source, whose changes a reader has to see.
 *
 * @param ids as the source numbers them; in PostgreSQL the lower half of a transaction's id
 * @param upTo all that began no later than this one as well; empty where there is none
 */
public record Transactions(Set<Long> ids, OptionalLong upTo) {
    public static final Transactions NONE = new Transactions(Set.of());

    public Transactions {
        ids = Set.copyOf(ids);
    }

    /** These alone. */
    public Transactions(Set<Long> ids) {
        this(ids, OptionalLong.empty());
    }

    /** And these. */
    public Transactions with(Set<Long> more) {
        Set<Long> all = new HashSet<>(ids);
        all.addAll(more);
        return new Transactions(all, upTo);
    }

    /** And all that began no later than this one; numbers go round, so that a smaller one may be the later. */
    public Transactions andAllUpTo(long id) {
        return upTo.isPresent() && (int) (id - upTo.getAsLong()) < 0
                ? this
                : new Transactions(ids, OptionalLong.of(id));
    }

    /** All of some. */
    public static Transactions together(List<Transactions> some) {
        Set<Long> ids = new HashSet<>();
        some.forEach(each -> ids.addAll(each.ids));
        Transactions all = new Transactions(ids);
        for (Transactions each : some) {
            if (each.upTo.isPresent()) {
                all = all.andAllUpTo(each.upTo.getAsLong());
            }
        }
        return all;
    }
}
