/** Fastly's purge API. Calls arrive, requests leave. */
@NullMarked
package dev.freshet.write.edge.fastly;

import org.jspecify.annotations.NullMarked;
