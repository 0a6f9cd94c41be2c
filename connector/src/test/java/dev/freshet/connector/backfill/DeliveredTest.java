package dev.freshet.connector.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Transactions;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeliveredTest {
    private static final long TURN = 1L << 32;

    private final Delivered delivered = new Delivered();

    private void add(LongStream ids) {
        ids.map(id -> id % TURN).forEach(delivered::add);
    }

    @Test
    void theLastAreKeptOneByOneAndOthersByTheYoungestOfThem() {
        add(LongStream.of(70, 50));
        add(LongStream.range(100, 10_100));

        assertThat(delivered.all().ids()).hasSize(10_000).doesNotContain(50L, 70L);
        assertThat(delivered.all().upTo()).isEqualTo(OptionalLong.of(70));
    }

    @Test
    void idsGoRound() {
        add(LongStream.range(TURN - 2, TURN + 10_000));

        assertThat(delivered.all().upTo()).isEqualTo(OptionalLong.of(TURN - 1));
        add(LongStream.of(10_000));
        assertThat(delivered.all().upTo()).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void whatWasSeenNeedNotBeSeenAgain() {
        add(LongStream.range(0, 10_100));
        delivered.seen();

        assertThat(delivered.all()).isEqualTo(Transactions.NONE);
    }
}
