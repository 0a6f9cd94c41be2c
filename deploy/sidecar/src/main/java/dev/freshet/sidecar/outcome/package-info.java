/**
 * What a plan does, in words: those that {@code explain --json} prints and test files expect. Operations and failures arrive,
 * {@link dev.freshet.sidecar.outcome.Outcome}s leave. Values only, safe on any thread once made.
 */
@NullMarked
package dev.freshet.sidecar.outcome;

import org.jspecify.annotations.NullMarked;
