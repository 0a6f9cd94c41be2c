/** Edges that are purged, from SQL to whoever asks for a page. */
@NullMarked
package dev.freshet.edges;

import org.jspecify.annotations.NullMarked;
