/**
 * Fenced writes to Valkey and what speaks its protocol: every write is one server-side script that compares versions.
 *
 * <p>Called by the pipeline's thread; Lettuce's event loop only completes replies.
 */
@NullMarked
package dev.freshet.write.valkey;

import org.jspecify.annotations.NullMarked;
