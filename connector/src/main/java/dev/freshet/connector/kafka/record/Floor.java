package dev.freshet.connector.kafka.record;

/**
 * Where a partition's newest snapshot was read.
 *
 * @param lsn of the snapshot, unsigned
 * @param offset of its first row in the partition
 */
public record Floor(long lsn, long offset) {}
