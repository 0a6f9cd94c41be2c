package dev.freshet.pipeline;

import dev.freshet.checkpoint.Partition;
import java.time.Instant;

/**
 * A record that cannot be read.
 *
 * @param partition where it is
 * @param offset its place there
 * @param at by the record's own timestamp
 * @param reason what is wrong with it
 */
public record Unread(Partition partition, long offset, Instant at, String reason) {}
