package dev.freshet.connector.kafka.task;

import org.apache.kafka.connect.sink.SinkRecord;

/** What becomes of a record that says no change. */
@FunctionalInterface
public interface Unreadables {
    /**
     * Says it of one.
     *
     * @return whether it is a dead letter; false where Connect's own reporter has it
     * @throws org.apache.kafka.connect.errors.ConnectException where nothing behind it may be read
     */
    boolean isDeadLetter(SinkRecord record, String reason);
}
