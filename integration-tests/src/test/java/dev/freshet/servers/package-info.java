/**
 * Real servers for tests: a database, a cache, a network that fails, and Freshet itself as a process of its own.
 *
 * <p>A test asks {@link dev.freshet.servers.Servers#chosen()} for what it needs and gets a running server; the caller's
 * thread does all the work and blocks until the server answers. {@code .local} runs them as processes of this machine,
 * {@code .containers} in a container engine. {@code -Dfreshet.servers=local|containers|auto} chooses; {@code auto} takes
 * containers where an engine answers. Nothing started here outlives the JVM that started it.
 */
@NullMarked
package dev.freshet.servers;

import org.jspecify.annotations.NullMarked;
