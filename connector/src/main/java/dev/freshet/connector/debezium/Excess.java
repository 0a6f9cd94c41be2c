package dev.freshet.connector.debezium;

import java.util.Optional;
import java.util.OptionalLong;

/** Tells when a slot begins to keep too much, again whenever that doubled, and when it is over. Used by one thread. */
final class Excess {
    private final OptionalLong most;
    private long told;

    Excess(OptionalLong most) {
        this.most = most;
    }

    boolean isAbove(long retained) {
        return most.isPresent() && retained > most.getAsLong();
    }

    /** The slot is gone; the next one is told of as though there had been none. */
    void forget() {
        told = 0;
    }

    /** What there is to tell of so much. */
    Optional<SlotEvent> of(long retained) {
        if (isAbove(retained)) {
            if (told == 0 || retained / 2 >= told) {
                told = retained;
                return Optional.of(new SlotEvent.LimitExceeded(retained, most.getAsLong()));
            }
            return Optional.empty();
        }
        boolean over = told > 0;
        told = 0;
        return over ? Optional.of(new SlotEvent.LimitKept(retained)) : Optional.empty();
    }
}
