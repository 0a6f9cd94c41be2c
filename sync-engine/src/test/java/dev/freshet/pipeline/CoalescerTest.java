package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.expression.KeyPattern;
import java.time.Instant;
import java.util.List;
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
