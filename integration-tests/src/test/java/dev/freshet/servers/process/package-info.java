/**
 * Child processes of the test JVM: started, signalled, ended, and gone when the JVM is. No threads but the shutdown hook.
 */
@NullMarked
package dev.freshet.servers.process;

import org.jspecify.annotations.NullMarked;
