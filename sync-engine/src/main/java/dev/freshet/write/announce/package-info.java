/**
 * Operations arrive, are written by another writer, and others are told: {@link dev.freshet.write.announce.AnnouncingWriter} of every
 * write that was applied, {@link dev.freshet.write.announce.TopicWriter} of what rules publish to topics. The result of each leaves once
 * what is told of it was acknowledged, so a checkpoint never passes anything that was not told.
 *
 * <p>Everything runs on the thread that writes, which waits for the answers.
 */
@NullMarked
package dev.freshet.write.announce;

import org.jspecify.annotations.NullMarked;
