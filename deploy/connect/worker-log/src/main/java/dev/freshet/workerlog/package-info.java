/**
 * The log of a Connect worker, for a plugin that brings another release of SLF4J along. A worker gives its own SLF4J, mostly 1.7, to every
 * plugin; Freshet is written for 2, which the plugin therefore holds under another name. This jar alone is left as it is compiled, so that
 * the names in it mean the worker's. Lines arrive and leave; any thread.
 */
@NullMarked
package dev.freshet.workerlog;

import org.jspecify.annotations.NullMarked;
