/**
 * Purges of edges: what waits and what leaves when ({@link dev.freshet.write.edge.PurgeQueue}), within each provider's limits; an adapter
 * for each provider stands in a package below. Operations arrive once the cache acknowledged the changes they come from; calls leave.
 *
 * <p>Each edge, and each node of one that has several, has a lane of its own, with a queue and threads of its own named {@code
 * freshet-edge-<name>}: one that is away delays neither the cache nor another one.
 */
@NullMarked
package dev.freshet.write.edge;

import org.jspecify.annotations.NullMarked;
