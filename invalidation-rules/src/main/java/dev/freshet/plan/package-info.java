/**
 * What to do: a {@link dev.freshet.plan.Planner} turns one change and the rules into {@link dev.freshet.plan.Operation}s.
 *
 * <p>Pure: no I/O, no clock, no randomness, so {@code run}, {@code --dry-run} and {@code explain} cannot disagree. Safe on
 * any thread.
 */
@NullMarked
package dev.freshet.plan;

import org.jspecify.annotations.NullMarked;
