package dev.freshet.connector.debezium;

import java.util.OptionalLong;

/**
 * How much log a slot may keep.
 *
 * @param bytes empty: any amount
 * @param above what is done where it keeps more
 */
public record SlotLimit(OptionalLong bytes, Above above) {
    public static final SlotLimit NONE = new SlotLimit(OptionalLong.empty(), Above.WARN);

    /** What is done where a slot keeps too much. */
    public enum Above {
        /** It is told. */
        WARN,
        /** The slot goes, before the disk is full: a gap, which is answered like any other. */
        DROP_SLOT
    }
}
