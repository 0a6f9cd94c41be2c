/**
 * Who watches over a running pipeline: signs of life arrive from the pipeline's thread, an order to end leaves where there are none. {@code
 * freshet-watchdog} looks at the pipeline and the clock twice a second; other patrols have threads of their own.
 */
@NullMarked
package dev.freshet.assembly.watch;

import org.jspecify.annotations.NullMarked;
