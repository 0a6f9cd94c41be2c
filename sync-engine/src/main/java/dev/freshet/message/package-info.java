/**
 * Messages to others arrive, what became of each leaves. A broker and a cache are two ways for them to go; whoever sends does not know
 * which it is, and whoever carries does not know what writes there are.
 *
 * <p>The thread that sends waits until every message is answered: nothing is kept here, and nothing is sent later.
 */
@NullMarked
package dev.freshet.message;

import org.jspecify.annotations.NullMarked;
