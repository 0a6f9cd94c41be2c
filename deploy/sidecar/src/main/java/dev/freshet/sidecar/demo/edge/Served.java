package dev.freshet.sidecar.demo.edge;

import java.time.Duration;

/**
 * What a reader gets.
 *
 * @param kept out of memory; otherwise from the origin
 */
record Served(Reply reply, boolean kept, Duration age) {}
