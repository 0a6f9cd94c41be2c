/**
 * What happened in the database: one {@link dev.freshet.change.Change} a row, in commit order.
 *
 * <p>Arrives from a source's adapter, leaves to the planner. Values only, safe on any thread once made.
 */
@NullMarked
package dev.freshet.change;

import org.jspecify.annotations.NullMarked;
