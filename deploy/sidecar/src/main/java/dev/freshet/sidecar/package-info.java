/** The process that runs Freshet beside a database: a command line arrives, a running pipeline leaves. */
@NullMarked
package dev.freshet.sidecar;

import org.jspecify.annotations.NullMarked;
