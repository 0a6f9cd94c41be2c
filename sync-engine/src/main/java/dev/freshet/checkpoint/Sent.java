package dev.freshet.checkpoint;

import dev.freshet.change.Version;
import java.time.Instant;

/**
 * What may have been written beyond the checkpoint.
 *
 * @param upTo the greatest version of it
 * @param since no later than the first of it was written, by the store's clock
 */
public record Sent(Version upTo, Instant since) {}
