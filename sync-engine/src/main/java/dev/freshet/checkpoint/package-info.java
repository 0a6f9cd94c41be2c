/**
 * How far the work is done: a {@link dev.freshet.checkpoint.Checkpoint} is stored only when every operation before it was
 * applied or set aside. And by what: the transcripts of all rules whose entries may be there.
 */
@NullMarked
package dev.freshet.checkpoint;

import org.jspecify.annotations.NullMarked;
