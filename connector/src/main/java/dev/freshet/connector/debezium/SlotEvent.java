package dev.freshet.connector.debezium;

/** Something that whoever watches a slot has to hear of. */
public sealed interface SlotEvent {
    /** The slot keeps more log than it may, in bytes. */
    record LimitExceeded(long retained, long limit) implements SlotEvent {}

    /** It did, and no longer does. */
    record LimitKept(long retained) implements SlotEvent {}

    /** It did, and was dropped. */
    record SlotDropped(long retained, long limit) implements SlotEvent {}
}
