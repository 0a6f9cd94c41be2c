/** One Souin, alone or in Caddy. Calls arrive, PURGE requests leave. */
@NullMarked
package dev.freshet.write.edge.souin;

import org.jspecify.annotations.NullMarked;
