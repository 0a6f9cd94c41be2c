/**
 * What a user can ask for, a class a command. Words arrive, an exit code leaves: 0 done, 1 failed, 2 wrong usage or an invalid
 * file, 3 done and found something.
 */
@NullMarked
package dev.freshet.sidecar.command;

import org.jspecify.annotations.NullMarked;
