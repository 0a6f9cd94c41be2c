/** What the documentation shows, tried. */
@NullMarked
package dev.freshet.sidecar.docs;

import org.jspecify.annotations.NullMarked;
