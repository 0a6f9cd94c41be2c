/**
 * Calls to providers over HTTP: a {@link dev.freshet.write.edge.http.HttpCall} leaves, an {@link dev.freshet.write.edge.http.HttpAnswer}
 * comes back or a {@link dev.freshet.write.edge.PurgeReply.Failed}, and {@link dev.freshet.write.edge.http.StatusMeaning} says what a
 * status means whoever sent it.
 *
 * <p>Whoever calls waits on its own thread; the client's threads only complete answers.
 */
@NullMarked
package dev.freshet.write.edge.http;

import org.jspecify.annotations.NullMarked;
