/**
 * {@link dev.freshet.message.Message}s arrive, records of Kafka's topics leave, each acknowledged by all replicas that have to.
 *
 * <p>The thread that sends waits for the acknowledgements; the client's own thread does the input and output.
 */
@NullMarked
package dev.freshet.connector.kafka.producer;

import org.jspecify.annotations.NullMarked;
