/** The shape of the program, held by tests. */
@NullMarked
package dev.freshet.layering;

import org.jspecify.annotations.NullMarked;
