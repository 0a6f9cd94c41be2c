/**
 * What rules ask the database: questions in, rows out, each on a snapshot in which the change that asks is visible.
 *
 * <p>The pipeline's thread asks and waits. Nothing is written: every transaction here is read-only.
 */
@NullMarked
package dev.freshet.connector.query;

import org.jspecify.annotations.NullMarked;
