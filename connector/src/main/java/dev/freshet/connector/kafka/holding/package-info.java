/**
 * What a member of a group holds, whoever polls for it: records arrive as they were read, {@link dev.freshet.pipeline.Share}s and the
 * positions that may be stored leave. Nothing is consumed and nothing is asked here.
 *
 * <p>Holdings and gatherings belong to the thread that reads; a {@link dev.freshet.connector.kafka.holding.Handover} stands between it
 * and the pipeline's.
 */
@NullMarked
package dev.freshet.connector.kafka.holding;

import org.jspecify.annotations.NullMarked;
