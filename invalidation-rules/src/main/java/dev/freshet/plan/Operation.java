package dev.freshet.plan;

import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.JsonValue;
import dev.freshet.rules.expression.KeyPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One thing to do, with the version that fences it. */
public sealed interface Operation {
    RuleName rule();

    Version version();

    /** When the change that caused it was committed. */
    Instant committedAt();

    /** An operation on one whole entry. Its fence is the entry's: (key). */
    sealed interface OnEntry extends Operation {
        CacheKey key();
    }

    /** An operation on a part of an entry that rows share. Its fence and its owner are the part's: (key, part). */
    sealed interface OnPart extends Operation {
        CacheKey key();

        Part part();
    }

    /** An operation on whatever matches, which the cache must be searched for. */
    sealed interface Scan extends Operation {}

    /** Write the whole entry; {@code owner} becomes the row that may remove it. */
    record Put(
            RuleName rule,
            Version version,
            Instant committedAt,
            CacheKey key,
            RowId owner,
            Entry entry,
            Expiry expiry,
            Tagging tagging)
            implements OnEntry {
        /** Without tags. */
        public Put(
                RuleName rule,
                Version version,
                Instant committedAt,
                CacheKey key,
                RowId owner,
                Entry entry,
                Expiry expiry) {
            this(rule, version, committedAt, key, owner, entry, expiry, Tagging.NONE);
        }

        /** The same where the entry may also be registered under these tags, which it leaves. */
        public Put leaving(Set<CacheTag> more) {
            return more.isEmpty()
                    ? this
                    : new Put(rule, version, committedAt, key, owner, entry, expiry, tagging.leaving(more));
        }
    }

    /**
     * Remove the entry if {@code owner} wrote it, and leave a tombstone.
     *
     * @param leave tags under which the owner may have registered it
     */
    record Remove(RuleName rule, Version version, Instant committedAt, CacheKey key, RowId owner, Set<CacheTag> leave)
            implements OnEntry {
        public Remove {
            leave = Tagging.ordered(leave);
        }

        /** Without tags. */
        public Remove(RuleName rule, Version version, Instant committedAt, CacheKey key, RowId owner) {
            this(rule, version, committedAt, key, owner, Set.of());
        }

        /** The same where the entry may also be registered under these tags. */
        public Remove leaving(Set<CacheTag> more) {
            return more.isEmpty()
                    ? this
                    : new Remove(rule, version, committedAt, key, owner, Tagging.together(leave, more));
        }
    }

    /**
     * Remove the entry whoever wrote it, mostly an application, and leave a tombstone.
     *
     * @param leave tags under which it may be registered, as far as is known
     */
    record Invalidate(RuleName rule, Version version, Instant committedAt, CacheKey key, Set<CacheTag> leave)
            implements OnEntry {
        public Invalidate {
            leave = Tagging.ordered(leave);
        }

        /** Of an entry of which no tag is known. */
        public Invalidate(RuleName rule, Version version, Instant committedAt, CacheKey key) {
            this(rule, version, committedAt, key, Set.of());
        }

        /** The same where the entry may also be registered under these tags. */
        public Invalidate leaving(Set<CacheTag> more) {
            return more.isEmpty()
                    ? this
                    : new Invalidate(rule, version, committedAt, key, Tagging.together(leave, more));
        }
    }

    /**
     * Remove every entry registered under the tag that is older than this version, and void fills that are out for it, also
     * those that have not registered yet. Entries of this version or a newer one stay, so it does not matter which of their
     * puts arrived before it.
     */
    record InvalidateTag(RuleName rule, Version version, Instant committedAt, CacheTag tag) implements Operation {}

    /** Remove every entry whose key begins so and that is older than this version; otherwise as for a tag. */
    record InvalidatePrefix(RuleName rule, Version version, Instant committedAt, KeyPrefix prefix) implements Scan {}

    /** The same for every tag that matches, as for {@link Sweep}. */
    record InvalidateTags(RuleName rule, Version version, Instant committedAt, KeyPattern tags) implements Scan {}

    /**
     * Ask the database what the entry is to hold, and then write or remove it. No writer ever sees it: {@link #answered} comes
     * between.
     *
     * @param tags under which the entry is to be registered
     */
    record Refresh(
            RuleName rule,
            Version version,
            Instant committedAt,
            RowId cause,
            CacheKey key,
            QueryPut.Form form,
            Question question,
            Expiry expiry,
            Set<CacheTag> tags)
            implements OnEntry {
        static final int MOST_ROWS = 100_000;

        public Refresh {
            tags = Tagging.ordered(tags);
        }

        /**
         * What follows from the rows that were found.
         *
         * @throws EvaluationException where no entry can be made of them
         */
        public OnEntry answered(List<? extends Row> found) {
            return Answers.entry(this, found)
                    .<OnEntry>map(entry -> new PutFound(rule, version, committedAt, cause, key, entry, expiry, tags))
                    .orElseGet(this::removal);
        }

        /** What follows where nothing is found, or where it cannot be told. */
        public RemoveFound removal() {
            return new RemoveFound(rule, version, committedAt, cause, key, tags);
        }
    }

    /**
     * Write the whole entry as a query found it. No row owns it. Among several leaders the later one's wins whatever the
     * versions: it asked later.
     */
    record PutFound(
            RuleName rule,
            Version version,
            Instant committedAt,
            RowId cause,
            CacheKey key,
            Entry entry,
            Expiry expiry,
            Set<CacheTag> tags)
            implements OnEntry {
        public PutFound {
            tags = Tagging.ordered(tags);
        }
    }

    /** Remove the entry, since a query found nothing, and leave a tombstone; otherwise as above. */
    record RemoveFound(
            RuleName rule, Version version, Instant committedAt, RowId cause, CacheKey key, Set<CacheTag> leave)
            implements OnEntry {
        public RemoveFound {
            leave = Tagging.ordered(leave);
        }
    }

    /** Write a part; {@code owner} becomes the row that may remove it. */
    record PutPart(RuleName rule, Version version, Instant committedAt, CacheKey key, RowId owner, Share share)
            implements OnPart {
        @Override
        public Part part() {
            return share.part();
        }
    }

    /** Remove a part if {@code owner} wrote it, and leave a tombstone; the last part takes the key along. */
    record RemovePart(RuleName rule, Version version, Instant committedAt, CacheKey key, Part part, RowId owner)
            implements OnPart {}

    /** Remove a part whoever wrote it, and leave a tombstone; the last part takes the key along. */
    record DropPart(RuleName rule, Version version, Instant committedAt, CacheKey key, Part part) implements OnPart {}

    /**
     * Purge one edge, after everything of the same version was written to the cache.
     *
     * @param soft the old object may be served until the new one is there
     * @param againAfter when to purge once more
     * @param escalate what to purge instead where too many purges wait: one set after the other, made of the same rows
     */
    record Purge(
            RuleName rule,
            Version version,
            Instant committedAt,
            EdgeName edge,
            EdgeTarget target,
            boolean soft,
            Optional<Duration> againAfter,
            List<Set<EdgeTarget>> escalate)
            implements Operation {
        public Purge {
            escalate = List.copyOf(escalate);
        }
    }

    /**
     * Tell others, once a change and in order, after everything of the same version was written to the cache. A stream takes
     * what one version says to it once; a channel may hear it again.
     */
    record Publish(RuleName rule, Version version, Instant committedAt, Destination destination, JsonValue message)
            implements Operation {}

    /**
     * Remove every entry whose key matches and that no row of another table owns: {@code table} was truncated, or so many rows
     * are behind one change of it that they cannot be named.
     */
    record Sweep(RuleName rule, Version version, Instant committedAt, KeyPattern pattern, TableId table)
            implements Scan {}

    /**
     * Remove, in every entry whose key matches, the parts that match and that no row of another table owns: {@code table} was
     * truncated. What others own stays.
     */
    record SweepParts(
            RuleName rule, Version version, Instant committedAt, KeyPattern pattern, PartPattern parts, TableId table)
            implements Scan {}

    /**
     * Remove every entry whose key matches, that is registered under a tag that matches and that no row of another table owns:
     * as for {@link Sweep}, where the key alone says too little.
     */
    record SweepTagged(
            RuleName rule, Version version, Instant committedAt, KeyPattern tags, KeyPattern pattern, TableId table)
            implements Scan {}
}
