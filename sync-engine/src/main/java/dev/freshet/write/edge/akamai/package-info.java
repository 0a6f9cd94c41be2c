/** Akamai's Fast Purge, version 3. Calls arrive, requests leave, each signed as EdgeGrid wants it. */
@NullMarked
package dev.freshet.write.edge.akamai;

import org.jspecify.annotations.NullMarked;
