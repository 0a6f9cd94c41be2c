/**
 * What a running sidecar tells over HTTP, health and metrics.
 *
 * <p>The JDK's HTTP server answers on one thread, {@code freshet-admin}; {@code freshet-watch} looks at the slot
 * twice a second.
 */
@NullMarked
package dev.freshet.sidecar.admin;

import org.jspecify.annotations.NullMarked;
