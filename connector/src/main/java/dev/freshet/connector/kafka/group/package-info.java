/**
 * A consumer group that reads topics which Debezium fills: what a member's partitions hold arrives, {@link
 * dev.freshet.pipeline.Share}s leave.
 *
 * <p>A thread of its own, {@code freshet-poll}, alone speaks to the broker: it polls, converts, hands over, and stores positions. While
 * the pipeline is behind it polls on with its partitions paused, so that a target that is away costs nobody its place in the group.
 */
@NullMarked
package dev.freshet.connector.kafka.group;

import org.jspecify.annotations.NullMarked;
