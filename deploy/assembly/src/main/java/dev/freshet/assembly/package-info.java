/**
 * Parts put together that more than one shape of Freshet has: settings and rules arrive, parts that run leave. Nothing here decides
 * what a change means or when something is written. Runs on the thread that starts a shape.
 */
@NullMarked
package dev.freshet.assembly;

import org.jspecify.annotations.NullMarked;
