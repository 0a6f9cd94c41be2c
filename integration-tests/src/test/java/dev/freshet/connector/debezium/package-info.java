/** The source against real PostgreSQL servers, from within its own package. */
@NullMarked
package dev.freshet.connector.debezium;

import org.jspecify.annotations.NullMarked;
