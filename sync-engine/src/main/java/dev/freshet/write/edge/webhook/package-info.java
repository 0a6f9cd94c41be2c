/** Batches of purges, posted to an address of one's own: for edges that no other adapter speaks to. Calls arrive, JSON leaves. */
@NullMarked
package dev.freshet.write.edge.webhook;

import org.jspecify.annotations.NullMarked;
