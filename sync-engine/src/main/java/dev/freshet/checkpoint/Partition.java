package dev.freshet.checkpoint;

/**
 * A part of a topic, in an order of its own.
 *
 * @param number from 0
 */
public record Partition(String topic, int number) {
    /** As Kafka writes it. */
    @Override
    public String toString() {
        return topic + "-" + number;
    }
}
