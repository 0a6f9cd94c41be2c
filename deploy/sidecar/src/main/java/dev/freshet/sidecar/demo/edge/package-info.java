/**
 * A small HTTP cache that knows tags: the demo's edge where no Varnish is installed, and no part of Freshet.
 *
 * <p>Requests arrive at {@link dev.freshet.sidecar.demo.edge.EdgeServer}, on its own threads; pages leave, out of memory or from
 * the one origin behind it. {@link dev.freshet.sidecar.demo.edge.PageCache} decides, and never waits. It knows as much of HTTP
 * as the demo's pages need: GET, {@code s-maxage}, {@code ETag}, and what the example for Varnish understands of purges:
 * {@code PURGE /} with tags in {@code xkey-purge} or {@code xkey-softpurge}, {@code BAN /} with a pattern of paths in
 * {@code ban-url}. There are no {@code Vary} and no ranges.
 */
@NullMarked
package dev.freshet.sidecar.demo.edge;

import org.jspecify.annotations.NullMarked;
