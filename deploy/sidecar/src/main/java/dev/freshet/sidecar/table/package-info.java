/** Cells for people: rows arrive, lines for a terminal leave. Values only, safe on any thread. */
@NullMarked
package dev.freshet.sidecar.table;

import org.jspecify.annotations.NullMarked;
