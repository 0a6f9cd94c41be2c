/**
 * What brokers are asked beside the reading: which topics there are, where partitions begin and end, what groups have stored. A
 * question arrives, an answer or the reason of its failure leaves. Runs on the thread that asks, which waits.
 */
@NullMarked
package dev.freshet.connector.kafka.broker;

import org.jspecify.annotations.NullMarked;
