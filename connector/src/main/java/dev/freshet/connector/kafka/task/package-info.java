/**
 * The side of Kafka Connect: a task is given records and asked for positions, {@link dev.freshet.pipeline.Share}s leave. Connect polls,
 * converts, and stores positions.
 *
 * <p>Connect's thread of the task runs {@link dev.freshet.connector.kafka.task.Intake}; the pipeline's thread takes shares. While the
 * pipeline is behind, the task's partitions are paused, so that a target that is away costs nobody its place in the group.
 */
@NullMarked
package dev.freshet.connector.kafka.task;

import org.jspecify.annotations.NullMarked;
