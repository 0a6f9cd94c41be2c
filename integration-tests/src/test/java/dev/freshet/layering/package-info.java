/** What may know what: rules over the compiled classes of every module. */
@NullMarked
package dev.freshet.layering;

import org.jspecify.annotations.NullMarked;
