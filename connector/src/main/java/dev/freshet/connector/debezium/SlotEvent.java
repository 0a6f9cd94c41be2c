package dev.freshet.connector.debezium;

import java.time.Duration;

/** Something that whoever watches a slot has to hear of. */
public sealed interface SlotEvent {
    /** The slot keeps more log than it may, in bytes. */
    record LimitExceeded(long retained, long limit) implements SlotEvent {}

    /** It did, and no longer does. */
    record LimitKept(long retained) implements SlotEvent {}

    /** It did, and was dropped. */
    record SlotDropped(long retained, long limit) implements SlotEvent {}

    /** Nothing came from the server for so long, although something should have; another source is opened. */
    record SourceGivenUp(Duration silence) implements SlotEvent {}
}
