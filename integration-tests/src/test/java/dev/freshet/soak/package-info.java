/**
 * Freshet between a database under load and a cache whose entries are watched, while its parts fail one after the other. A
 * {@link dev.freshet.soak.Soak} is drawn from a seed: the load, the faults, and when they strike. {@link
 * dev.freshet.soak.Sabotage} breaks Freshet on purpose, to see that the soak notices.
 */
@NullMarked
package dev.freshet.soak;

import org.jspecify.annotations.NullMarked;
