/** One nginx with the module ngx_cache_purge. Calls arrive, PURGE requests leave. */
@NullMarked
package dev.freshet.write.edge.nginx;

import org.jspecify.annotations.NullMarked;
