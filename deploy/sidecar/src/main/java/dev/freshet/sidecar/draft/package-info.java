/**
 * A first configuration file for a database. Tables of a catalogue arrive, the text of a file leaves. Pure, safe on any thread.
 */
@NullMarked
package dev.freshet.sidecar.draft;

import org.jspecify.annotations.NullMarked;
