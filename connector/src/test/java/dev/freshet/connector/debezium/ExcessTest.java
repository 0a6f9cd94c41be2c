package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExcessTest {
    @Test
    void whatIsTooMuchIsToldWhenItBeginsWhenItDoubledAndWhenItIsOver() {
        Excess excess = new Excess(OptionalLong.of(100));

        assertThat(excess.of(100)).isEmpty();
        assertThat(excess.of(101)).contains(new SlotEvent.LimitExceeded(101, 100));
        assertThat(excess.of(102)).isEmpty();
        assertThat(excess.of(201)).isEmpty();
        assertThat(excess.of(202)).contains(new SlotEvent.LimitExceeded(202, 100));
        assertThat(excess.of(150)).isEmpty();
        assertThat(excess.of(403)).isEmpty();
        assertThat(excess.of(404)).contains(new SlotEvent.LimitExceeded(404, 100));
        assertThat(excess.of(100)).contains(new SlotEvent.LimitKept(100));
        assertThat(excess.of(0)).isEmpty();
        assertThat(excess.of(150)).contains(new SlotEvent.LimitExceeded(150, 100));
    }

    @Test
    void withoutALimitNothingIsTooMuch() {
        Excess excess = new Excess(OptionalLong.empty());

        assertThat(excess.of(Long.MAX_VALUE)).isEmpty();
        assertThat(excess.isAbove(Long.MAX_VALUE)).isFalse();
    }
}
