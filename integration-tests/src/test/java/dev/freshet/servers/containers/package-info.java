/**
 * Servers in a container engine, from the official images or from those that {@code -Dfreshet.image.postgresql} (and
 * {@code .postgresql-15}, {@code .valkey}, {@code .redis}) name.
 */
@NullMarked
package dev.freshet.servers.containers;

import org.jspecify.annotations.NullMarked;
