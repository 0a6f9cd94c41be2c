package dev.freshet.plan;

import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.expression.KeyPattern;
import java.time.Instant;

/** One thing to do to the cache, with the version that fences it. */
public sealed interface Operation {
    RuleName rule();

    Version version();

    /** When the change that caused it was committed. */
    Instant committedAt();

    /** An operation on one entry. */
    sealed interface OnEntry extends Operation {
        CacheKey key();
    }

    /** Write the whole entry; {@code owner} becomes the row that may remove it. */
    record Put(
            RuleName rule, Version version, Instant committedAt, CacheKey key, RowId owner, Entry entry, Expiry expiry)
            implements OnEntry {}

    /** Remove the entry if {@code owner} wrote it, and leave a tombstone. */
    record Remove(RuleName rule, Version version, Instant committedAt, CacheKey key, RowId owner) implements OnEntry {}

    /** Remove the entry that an application filled, and leave a tombstone. */
    record Invalidate(RuleName rule, Version version, Instant committedAt, CacheKey key) implements OnEntry {}

    /** Remove every entry whose key matches and that no row of another table owns: {@code table} was truncated. */
    record Sweep(RuleName rule, Version version, Instant committedAt, KeyPattern pattern, TableId table)
            implements Operation {}
}
