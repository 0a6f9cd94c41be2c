package dev.freshet.pipeline;

import java.util.Set;

/**
 * Transactions of the source, whose changes a reader has to see.
 *
 * @param ids as the source numbers them; in PostgreSQL the lower half of a transaction's id
 */
public record Transactions(Set<Long> ids) {
    public static final Transactions NONE = new Transactions(Set.of());

    public Transactions {
        ids = Set.copyOf(ids);
    }
}
