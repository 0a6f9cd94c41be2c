/**
 * Debezium's envelope arrives as a Connect record, a {@link dev.freshet.change.Change} leaves.
 *
 * <p>Rows are read out of Connect structs in place: a column is converted when a rule reads it. Readers belong to one
 * thread; the changes they make are safe on any.
 */
@NullMarked
package dev.freshet.connector.envelope;

import org.jspecify.annotations.NullMarked;
