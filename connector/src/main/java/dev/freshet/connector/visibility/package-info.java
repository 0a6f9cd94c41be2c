/**
 * Waiting until a connection sees what the log has told: a change is delivered before others see it where its commit waits for
 * a synchronous standby, and a replica is behind at any time.
 *
 * <p>Runs on the thread that asks.
 */
@NullMarked
package dev.freshet.connector.visibility;

import org.jspecify.annotations.NullMarked;
