/**
 * What a file says about the process itself: where changes come from, where entries go, and the limits between.
 *
 * <p>A path arrives; a {@link dev.freshet.settings.SidecarFile}, or every problem of settings and rules together, leaves.
 * Each record states its defaults and why they are what they are. Runs on the main thread, before anything else is started.
 */
@NullMarked
package dev.freshet.settings;

import org.jspecify.annotations.NullMarked;
