/** Cloudflare's purge API. Calls arrive, requests leave. */
@NullMarked
package dev.freshet.write.edge.cloudflare;

import org.jspecify.annotations.NullMarked;
