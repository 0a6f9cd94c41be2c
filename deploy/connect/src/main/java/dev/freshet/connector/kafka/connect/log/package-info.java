/** What the plugin logs, on its way to the worker's log. Lines arrive from any thread, and leave to {@link dev.freshet.workerlog}. */
@NullMarked
package dev.freshet.connector.kafka.connect.log;

import org.jspecify.annotations.NullMarked;
