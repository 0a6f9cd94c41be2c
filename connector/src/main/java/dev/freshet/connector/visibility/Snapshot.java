package dev.freshet.connector.visibility;

import dev.freshet.change.Transactions;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions a query sees, as PostgreSQL's {@code pg_snapshot} tells it.
 *
 * @param xmin every transaction below it has ended
 * @param xmax none from it on has
 * @param running those between that had not ended
 */
record Snapshot(long xmin, long xmax, Set<Long> running) {
    /** Reads {@code xmin:xmax:xid,xid,...}. */
    static Snapshot parse(String text) {
        String[] parts = text.split(":", -1);
        return new Snapshot(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                parts[2].isEmpty()
                        ? Set.of()
                        : Arrays.stream(parts[2].split(","))
                                .map(Long::valueOf)
                                .collect(Collectors.toUnmodifiableSet()));
    }

    boolean shows(Transactions transactions) {
        return transactions.ids().stream().allMatch(this::shows)
                && (transactions.upTo().isEmpty() || whole(transactions.upTo().getAsLong()) < xmin);
    }

    /** The log has the lower 32 bits of an id alone; the whole of it is the one that is nearest to the newest. */
    private long whole(long lowerBits) {
        return xmax + (int) (lowerBits - xmax);
    }

    private boolean shows(long lowerBits) {
        long id = whole(lowerBits);
        return id < xmin || (id < xmax && !running.contains(id));
    }
}
