/**
 * Freshet as members of a consumer group, with a real broker: topics as Debezium fills them in, a cache out.
 *
 * <p>{@link dev.freshet.kafka.ProductTopic} writes what Debezium would; {@link dev.freshet.kafka.ChainTest} has Debezium write it.
 */
@NullMarked
package dev.freshet.kafka;

import org.jspecify.annotations.NullMarked;
