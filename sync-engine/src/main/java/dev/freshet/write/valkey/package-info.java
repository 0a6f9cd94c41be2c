/**
 * Fenced writes to Valkey and what speaks its protocol, and the stores that live beside the entries.
 *
 * <p>Operations arrive at {@link dev.freshet.write.valkey.ValkeyWriter}, are put into calls of one server-side script, and
 * leave as one result each. The script changes an entry together with its fence, a companion key in the entry's own slot
 * that holds the version of the last write and the row that owns the entry. A second script adds messages to streams, each
 * with a fence of its own that does not expire, and tells channels.
 *
 * <p>Called by the pipeline's thread, which waits for every reply; Lettuce's event loop only completes replies. A
 * connection that was cut is never mended behind the caller's back.
 */
@NullMarked
package dev.freshet.write.valkey;

import org.jspecify.annotations.NullMarked;
