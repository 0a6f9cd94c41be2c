package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.KeyPrefix;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Part;
import dev.freshet.plan.PartPattern;
import dev.freshet.plan.Share;
import dev.freshet.plan.Tagging;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.expression.KeyPattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CoalescerTest {
    private static final RuleName RULE = new RuleName("product");
    private static final TableId TABLE = new TableId("public", "product");
    private static final Instant AT = Instant.EPOCH;

    @Test
    void theLastOfManyPutsIsLeft() {
        assertThat(Coalescer.coalesce(List.of(put("a", 1, 1), put("b", 2, 2), put("a", 1, 3))))
                .containsExactly(put("a", 1, 3), put("b", 2, 2));
    }

    @Test
    void aPutAndItsOwnersRemovalLeaveNothingWhoeverOwnedTheEntryBefore() {
        assertThat(Coalescer.coalesce(List.of(put("a", 1, 1), remove("a", 1, 2))))
                .containsExactly(invalidate("a", 2));
    }

    @Test
    void onlyTheOwnerRemovesWhatAPutWrites() {
        assertThat(Coalescer.coalesce(List.of(put("a", 1, 1), remove("a", 2, 2))))
                .containsExactly(put("a", 1, 1));
    }

    @Test
    void twoRowsThatSwapTheirKeysKeepBothEntries() {
        assertThat(Coalescer.coalesce(List.of(put("b", 1, 1), remove("a", 1, 1), put("a", 2, 2), remove("b", 2, 2))))
                .containsExactlyInAnyOrder(put("b", 1, 1), put("a", 2, 2));
    }

    @Test
    void removalsByDifferentOwnersAllReachTheCacheWhichAloneKnowsTheOwner() {
        assertThat(Coalescer.coalesce(List.of(remove("a", 1, 1), remove("a", 2, 2), remove("a", 1, 3))))
                .containsExactly(remove("a", 2, 2), remove("a", 1, 3));
    }

    @Test
    void aPutAfterARemovalIsWritten() {
        assertThat(Coalescer.coalesce(List.of(remove("a", 1, 1), put("a", 2, 2))))
                .containsExactly(put("a", 2, 2));
    }

    @Test
    void nothingMovesAcrossASweep() {
        assertThat(Coalescer.coalesce(List.of(put("a", 1, 1), sweep(2), put("a", 1, 3), put("b", 2, 4))))
                .containsExactly(put("a", 1, 1), sweep(2), put("a", 1, 3), put("b", 2, 4));
    }

    /** It removes what the earlier one would have removed, and what was written between them. */
    @Test
    void ofTwoSweepsOfTheSameKeysTheLaterIsLeft() {
        assertThat(Coalescer.coalesce(List.of(sweep(1), put("a", 1, 2), sweep(3), put("b", 1, 4))))
                .containsExactly(put("a", 1, 2), sweep(3), put("b", 1, 4));
    }

    @Nested
    class Parts {
        @Test
        void partsOfOneKeyDoNotTouchEachOther() {
            assertThat(Coalescer.coalesce(List.of(
                            putPart("a", "x", 1, 1),
                            putPart("a", "y", 2, 2),
                            putPart("a", "x", 1, 3),
                            removePart("a", "z", 3, 4))))
                    .containsExactly(putPart("a", "x", 1, 3), putPart("a", "y", 2, 2), removePart("a", "z", 3, 4));
        }

        @Test
        void aPartAndItsOwnersRemovalLeaveNothingWhoeverOwnedItBefore() {
            assertThat(Coalescer.coalesce(List.of(putPart("a", "x", 1, 1), removePart("a", "x", 1, 2))))
                    .containsExactly(
                            new Operation.DropPart(RULE, version(2), AT, new CacheKey("a"), new Part.SetMember("x")));
        }

        @Test
        void onlyTheOwnerRemovesAPart() {
            assertThat(Coalescer.coalesce(List.of(putPart("a", "x", 1, 1), removePart("a", "x", 2, 2))))
                    .containsExactly(putPart("a", "x", 1, 1));
        }

        @Test
        void removalsOfAPartByDifferentOwnersAllReachTheCache() {
            assertThat(Coalescer.coalesce(List.of(
                            removePart("a", "x", 1, 1), removePart("a", "x", 2, 2), removePart("a", "x", 1, 3))))
                    .containsExactly(removePart("a", "x", 2, 2), removePart("a", "x", 1, 3));
        }

        @Test
        void nothingMovesAcrossASweepOfParts() {
            Operation sweep =
                    new Operation.SweepParts(RULE, version(2), AT, PATTERN, new PartPattern.SetMember(PATTERN), TABLE);

            assertThat(Coalescer.coalesce(List.of(putPart("a", "x", 1, 1), sweep, putPart("a", "x", 1, 3))))
                    .containsExactly(putPart("a", "x", 1, 1), sweep, putPart("a", "x", 1, 3));
        }

        private static Operation putPart(String key, String member, int row, int place) {
            return new Operation.PutPart(
                    RULE,
                    version(place),
                    AT,
                    new CacheKey(key),
                    row(row),
                    new Share.SetMember(new Part.SetMember(member)));
        }

        private static Operation removePart(String key, String member, int row, int place) {
            return new Operation.RemovePart(
                    RULE, version(place), AT, new CacheKey(key), new Part.SetMember(member), row(row));
        }
    }

    @Nested
    class Tags {
        @Test
        void theLastPutLeavesEveryTagThatThoseBeforeItJoinedOrLeft() {
            assertThat(Coalescer.coalesce(
                            List.of(tagged(1, 1, Set.of("x"), Set.of("w")), tagged(1, 2, Set.of("y"), Set.of("x")))))
                    .containsExactly(tagged(1, 2, Set.of("y"), Set.of("w", "x")));
        }

        @Test
        void aTagThatIsJoinedAgainIsNotLeft() {
            assertThat(Coalescer.coalesce(
                            List.of(tagged(1, 1, Set.of("y"), Set.of("x")), tagged(1, 2, Set.of("x"), Set.of("y")))))
                    .containsExactly(tagged(1, 2, Set.of("x"), Set.of("y")));
        }

        @Test
        void aPutAfterRemovalsLeavesTheirTags() {
            assertThat(Coalescer.coalesce(
                            List.of(leaving(1, 1, "x"), leaving(2, 2, "y"), tagged(3, 3, Set.of(), Set.of()))))
                    .containsExactly(tagged(3, 3, Set.of(), Set.of("x", "y")));
        }

        @Test
        void aRemovalByAnotherRowLeavesItsTagsButNotThoseOfThePut() {
            assertThat(Coalescer.coalesce(
                            List.of(tagged(1, 1, Set.of("x"), Set.of()), leaving(2, 2, "x"), leaving(2, 3, "y"))))
                    .containsExactly(tagged(1, 1, Set.of("x"), Set.of("y")));
        }

        @Test
        void anEntryThatComesAndGoesLeavesAllItsTags() {
            assertThat(Coalescer.coalesce(List.of(tagged(1, 1, Set.of("x"), Set.of("w")), leaving(1, 2, "x"))))
                    .containsExactly(
                            new Operation.Invalidate(RULE, version(2), AT, new CacheKey("a"), tags(Set.of("w", "x"))));
        }

        @Test
        void removalsByOneOwnerLeaveTheTagsOfBoth() {
            assertThat(Coalescer.coalesce(List.of(leaving(1, 1, "x"), leaving(1, 2, "y"))))
                    .containsExactly(new Operation.Remove(
                            RULE, version(2), AT, new CacheKey("a"), row(1), tags(Set.of("x", "y"))));
        }

        private static Operation tagged(int row, int place, Set<String> join, Set<String> leave) {
            return new Operation.Put(
                    RULE,
                    version(place),
                    AT,
                    new CacheKey("a"),
                    row(row),
                    new Entry.Text("v" + place),
                    new Expiry.Never(),
                    new Tagging(tags(join), tags(leave)));
        }

        private static Operation leaving(int row, int place, String tag) {
            return new Operation.Remove(RULE, version(place), AT, new CacheKey("a"), row(row), tags(Set.of(tag)));
        }

        private static Set<CacheTag> tags(Set<String> names) {
            return names.stream().map(CacheTag::new).collect(Collectors.toSet());
        }
    }

    @Test
    void theNewestInvalidationOfATagStandsBehindTheEntriesAroundIt() {
        assertThat(Coalescer.coalesce(List.of(
                        put("a", 1, 1),
                        tag("t", 2),
                        put("a", 1, 3),
                        prefix("p", 4),
                        tag("u", 5),
                        prefix("p", 6),
                        tag("t", 7))))
                .containsExactly(put("a", 1, 3), tag("t", 7), tag("u", 5), prefix("p", 6));
    }

    @Test
    void noInvalidationByTagMovesAcrossASweep() {
        assertThat(Coalescer.coalesce(List.of(tag("t", 1), sweep(2), tag("t", 3))))
                .containsExactly(tag("t", 1), sweep(2), tag("t", 3));
    }

    @Test
    void purgesOfOneTargetAreOneBehindAllThatIsWrittenAndAsHardAsTheHarder() {
        EdgeTarget a = new EdgeTarget.Host("a");
        EdgeTarget b = new EdgeTarget.Host("b");
        EdgeTarget c = new EdgeTarget.Host("c");

        assertThat(Coalescer.coalesce(List.of(
                        purge(a, 1, true, List.of(Set.of(b))),
                        put("a", 1, 2),
                        purge(a, 3, false, List.of(Set.of(c))),
                        purge(b, 4, true, List.of()),
                        purge(a, 5, true, List.of(Set.of(b))),
                        purge(a, 6, true, List.of()))))
                .containsExactly(
                        put("a", 1, 2),
                        purge(a, 5, false, List.of(Set.of(b, c))),
                        purge(b, 4, true, List.of()),
                        purge(a, 6, true, List.of()));
    }

    private static Operation purge(EdgeTarget target, int place, boolean soft, List<Set<EdgeTarget>> escalate) {
        return new Operation.Purge(
                RULE, version(place), AT, new EdgeName("site"), target, soft, Optional.empty(), escalate);
    }

    private static Operation tag(String tag, int place) {
        return new Operation.InvalidateTag(RULE, version(place), AT, new CacheTag(tag));
    }

    private static Operation prefix(String prefix, int place) {
        return new Operation.InvalidatePrefix(RULE, version(place), AT, new KeyPrefix(prefix));
    }

    private static Operation put(String key, int row, int place) {
        return new Operation.Put(
                RULE, version(place), AT, new CacheKey(key), row(row), new Entry.Text("v" + place), new Expiry.Never());
    }

    private static Operation remove(String key, int row, int place) {
        return new Operation.Remove(RULE, version(place), AT, new CacheKey(key), row(row));
    }

    private static Operation invalidate(String key, int place) {
        return new Operation.Invalidate(RULE, version(place), AT, new CacheKey(key));
    }

    private static final KeyPattern PATTERN = new KeyPattern("*", Pattern.compile(".*"));

    private static Operation sweep(int place) {
        return new Operation.Sweep(RULE, version(place), AT, PATTERN, TABLE);
    }

    private static RowId row(int key) {
        return new RowId(TABLE, Integer.toString(key));
    }

    private static Version version(int place) {
        return new Version(1, 0, place, 0);
    }
}
