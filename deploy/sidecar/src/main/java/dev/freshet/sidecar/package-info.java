/**
 * The program: {@link dev.freshet.sidecar.Main} and its commands. Nothing but this module names concrete sources, targets and
 * stores together.
 */
@NullMarked
package dev.freshet.sidecar;

import org.jspecify.annotations.NullMarked;
