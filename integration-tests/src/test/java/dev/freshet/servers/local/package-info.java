/**
 * Servers as processes of this machine: PostgreSQL from the binaries on the class path, Valkey where it is installed, the
 * bundled Redis elsewhere. Needs no network and no privilege, and runs as root too.
 */
@NullMarked
package dev.freshet.servers.local;

import org.jspecify.annotations.NullMarked;
