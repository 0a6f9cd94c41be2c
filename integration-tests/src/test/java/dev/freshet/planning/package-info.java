/** What planning alone costs, measured with JMH. */
@NullMarked
package dev.freshet.planning;

import org.jspecify.annotations.NullMarked;
