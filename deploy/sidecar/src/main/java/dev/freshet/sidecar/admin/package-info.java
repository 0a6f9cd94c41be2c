/**
 * What a running sidecar tells over HTTP, health and metrics, and who watches over it.
 *
 * <p>The JDK's HTTP server answers on one thread, {@code freshet-admin}; {@code freshet-watch} looks at the slot, {@code
 * freshet-watchdog} at the pipeline and the clock, each twice a second.
 */
@NullMarked
package dev.freshet.sidecar.admin;

import org.jspecify.annotations.NullMarked;
