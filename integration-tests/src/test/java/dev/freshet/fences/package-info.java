/** What fences cost, measured on a real cache. */
@NullMarked
package dev.freshet.fences;

import org.jspecify.annotations.NullMarked;
