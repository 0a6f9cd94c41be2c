/**
 * One Varnish with the module xkey, told as {@code deploy/examples/varnish/freshet.vcl} understands it. Calls arrive, PURGE and BAN requests
 * leave.
 */
@NullMarked
package dev.freshet.write.edge.varnish;

import org.jspecify.annotations.NullMarked;
