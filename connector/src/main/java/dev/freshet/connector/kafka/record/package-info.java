/**
 * What a record of a Debezium topic says: a Connect record arrives, a {@link dev.freshet.connector.kafka.record.Reading}
 * leaves. Nothing is consumed and nothing is asked here.
 *
 * <p>The records were written by a Debezium connector of somebody else's, under settings of theirs: with its envelope or
 * flattened by {@code ExtractNewRecordState}, with schemas or as JSON without any. Rows are read in place: a column is
 * converted when a rule reads it. Readers belong to one thread; the changes that they make are safe on any.
 */
@NullMarked
package dev.freshet.connector.kafka.record;

import org.jspecify.annotations.NullMarked;
