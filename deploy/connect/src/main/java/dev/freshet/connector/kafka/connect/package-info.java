/**
 * Freshet as a sink of Kafka Connect: a connector's configuration arrives, a task that runs leaves. The connector says what is wrong with
 * the configuration; a task puts the parts of a member of a group together and runs its pipeline on a thread of its own, beside Connect's.
 */
@NullMarked
package dev.freshet.connector.kafka.connect;

import org.jspecify.annotations.NullMarked;
