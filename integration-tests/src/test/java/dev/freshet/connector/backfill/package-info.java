/** Reading tables again beside the log, on a real database. */
@NullMarked
package dev.freshet.connector.backfill;

import org.jspecify.annotations.NullMarked;
