/** bunny.net's purge API. Calls arrive, requests leave. */
@NullMarked
package dev.freshet.write.edge.bunny;

import org.jspecify.annotations.NullMarked;
