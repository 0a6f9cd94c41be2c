/** The whole of Freshet, in a process of its own, while what it depends on fails; each test ends with a complete comparison. */
@NullMarked
package dev.freshet.faults;

import org.jspecify.annotations.NullMarked;
