package dev.freshet.write;

/**
 * By what right a write is sent. A target refuses the write of a process that lost its lead, and one that arrives too long
 * after it was planned, so that a process that was stopped in between cannot write old data.
 *
 * @param leaderEpoch grows with every process that wins the source
 * @param plannedAtNanos {@link System#nanoTime()} when the work on the batch began
 */
public record Mandate(long leaderEpoch, long plannedAtNanos) {}
