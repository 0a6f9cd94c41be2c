/**
 * Changes that a person wrote down. Files and the nodes of files arrive, {@link dev.freshet.change.Change}s leave, as a
 * database with the tables of the catalogue would send them. Values only, safe on any thread once made.
 */
@NullMarked
package dev.freshet.sidecar.given;

import org.jspecify.annotations.NullMarked;
