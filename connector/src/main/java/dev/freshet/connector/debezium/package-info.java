/**
 * PostgreSQL's log through the embedded Debezium engine: a source that opens only where nothing can be missing, and that
 * confirms to the database only what the pipeline acknowledged.
 *
 * <p>The engine's own thread converts records and blocks on a bounded hand-over; the pipeline's thread takes from it.
 */
@NullMarked
package dev.freshet.connector.debezium;

import org.jspecify.annotations.NullMarked;
