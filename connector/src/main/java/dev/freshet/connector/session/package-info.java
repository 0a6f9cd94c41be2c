/** Sessions on a database that are kept as long as they are good. */
@NullMarked
package dev.freshet.connector.session;

import org.jspecify.annotations.NullMarked;
