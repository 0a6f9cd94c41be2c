package dev.freshet.write.edge;

import dev.freshet.change.Transactions;

/**
 * Whether readers of the database see changes by now: a change can be delivered before, while its commit waits for a synchronous
 * standby, and an edge that is purged then fills itself with what was before. Used by one thread.
 */
@FunctionalInterface
public interface Sight {
    /** Returns once they do, or false where they do not for a while, or nobody can tell now. */
    boolean shows(Transactions transactions) throws InterruptedException;
}
