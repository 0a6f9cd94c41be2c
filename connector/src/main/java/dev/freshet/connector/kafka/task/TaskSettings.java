package dev.freshet.connector.kafka.task;

import dev.freshet.connector.kafka.broker.Subscription;
import dev.freshet.connector.kafka.holding.Start;
import dev.freshet.rules.catalog.Catalog;
import java.time.Duration;

/**
 * What a task has to know.
 *
 * @param group in which Connect reads for this connector
 * @param topics what it reads
 * @param start where partitions begin that nobody has read in this term
 * @param catalog of the tables, as far as it is known
 * @param fencesLive for how long something written is surely protected by its fence
 */
public record TaskSettings(String group, Subscription topics, Start start, Catalog catalog, Duration fencesLive) {}
