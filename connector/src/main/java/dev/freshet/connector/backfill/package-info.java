/**
 * Reads tables again beside the log, without stopping it. A {@link dev.freshet.connector.backfill.Notice} in the log asks for
 * it; rows are read chunk by chunk, and each chunk takes its place in the log where its mark comes along, without the rows
 * that the log itself has told of since they were read. So a row that was read never overwrites a newer one.
 *
 * <p>Everything runs on the engine's thread, between two batches.
 */
@NullMarked
package dev.freshet.connector.backfill;

import org.jspecify.annotations.NullMarked;
