/**
 * Operations arrive, the outcome of each leaves. {@code .valkey} writes to servers that speak the Redis protocol.
 */
@NullMarked
package dev.freshet.write;

import org.jspecify.annotations.NullMarked;
