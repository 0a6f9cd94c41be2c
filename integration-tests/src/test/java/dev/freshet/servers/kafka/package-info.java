/**
 * Kafka as a test needs it: a broker, a worker of Kafka Connect, a registry of schemas, each a process of its own. What they
 * run with stands in the build's module {@code kafka}: nothing of the tests or of Freshet is on their class paths, so a
 * plugin meets the libraries that a real worker has. The caller's thread does all the work and blocks until it is done.
 */
@NullMarked
package dev.freshet.servers.kafka;

import org.jspecify.annotations.NullMarked;
