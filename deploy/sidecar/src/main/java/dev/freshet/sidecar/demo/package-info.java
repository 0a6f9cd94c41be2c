/**
 * {@code freshet demo}: a shop on this machine, with a database, a cache server and Freshet as processes of their own, and
 * readers who say how often two kinds of cache show what is no longer true.
 *
 * <p>Nothing arrives and nothing leaves but figures. {@link dev.freshet.sidecar.demo.Demo} starts everything, on the thread
 * that runs the command; shopkeepers and readers have a thread each; a shutdown hook sees to it that no process and no file
 * outlives the command. All listening is on loopback, behind passwords made for the one run.
 *
 * <p><b>What is compared.</b> Two entries for each product, in one cache server, over one database: {@code ttl:product:17} is
 * filled by its readers and expires; {@code product:17} is put by Freshet. Every reader reads both, one after the other, so
 * both see the same products at the same pace. <b>A read is stale when the entry shows a revision older than the newest one
 * that was committed before the read began</b>, or shows a product whose deletion was. How stale it is counts from the commit
 * that the entry lacks first. A read that the cache cannot answer goes to the database and is not stale.
 *
 * <p>Counting begins when traffic has run for three seconds, with both caches filled and both JVMs warm.
 */
@NullMarked
package dev.freshet.sidecar.demo;

import org.jspecify.annotations.NullMarked;
