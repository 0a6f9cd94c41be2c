/**
 * What edges can and what their providers take, for people and for programs: {@link dev.freshet.rules.edge.EdgeType} and the edges of
 * a file arrive, tables and JSON leave. Values only, safe on any thread once made.
 */
@NullMarked
package dev.freshet.sidecar.edges;

import org.jspecify.annotations.NullMarked;
