/**
 * What rules make of a stretch of the running log, in figures. Changes arrive, a {@link dev.freshet.sidecar.sample.Sample}
 * grows, whatever the length of the stretch it stays small. Used by one thread.
 */
@NullMarked
package dev.freshet.sidecar.sample;

import org.jspecify.annotations.NullMarked;
