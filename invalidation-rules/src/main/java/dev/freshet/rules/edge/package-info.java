/**
 * The edges that purges go to, and what each make of edge can: {@link dev.freshet.rules.edge.EdgeType} is the one table from which
 * files are checked, purges planned and paced, and the documentation made.
 *
 * <p>Immutable and safe on any thread.
 */
@NullMarked
package dev.freshet.rules.edge;

import org.jspecify.annotations.NullMarked;
