/**
 * Notices what changes the rows of a table and sends no change of them: a column that is added with a default, a rewriting
 * {@code ALTER TABLE}, a partition that comes or goes, a publication that left a table out. What the catalogue says of a table
 * arrives; a {@link dev.freshet.connector.backfill.Notice} in the log leaves, which asks for its rows.
 *
 * <p>Everything runs on the engine's thread, between two batches.
 */
@NullMarked
package dev.freshet.connector.schema;

import org.jspecify.annotations.NullMarked;
