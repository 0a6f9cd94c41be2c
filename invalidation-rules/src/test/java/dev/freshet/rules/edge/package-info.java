@NullMarked
package dev.freshet.rules.edge;

import org.jspecify.annotations.NullMarked;
