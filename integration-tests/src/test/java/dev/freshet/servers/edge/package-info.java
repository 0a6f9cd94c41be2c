/**
 * Edges for tests: Varnish and nginx as processes of this machine, set up as {@code deploy/examples} says, the application behind them,
 * and its readers before them.
 *
 * <p>No dependency carries these servers. Where they are not installed the tests that need them are left out, and fail where the
 * environment says {@code CI=true}.
 */
@NullMarked
package dev.freshet.servers.edge;

import org.jspecify.annotations.NullMarked;
