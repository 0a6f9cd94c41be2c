/**
 * {@code freshet demo}: a shop on this machine, with a database, a cache server, an edge and Freshet as processes of their own,
 * and readers who say how often two kinds of cache, and two kinds of edge, show what is no longer true.
 *
 * <p>Nothing arrives and nothing leaves but figures. {@link dev.freshet.sidecar.demo.Demo} starts everything, on the thread
 * that runs the command; shopkeepers and readers have a thread each; a shutdown hook sees to it that no process and no file
 * outlives the command. All listening is on loopback, behind passwords made for the one run; the shop's pages are for everybody.
 *
 * <p><b>What is compared.</b> Two entries for each product, in one cache server, over one database: {@code ttl:product:17} is
 * filled by its readers and expires; {@code product:17} is put by Freshet. Every reader reads both, one after the other, so
 * both see the same products at the same pace. <b>A read is stale when the entry shows a revision older than the newest one
 * that was committed before the read began</b>, or shows a product whose deletion was. How stale it is counts from the commit
 * that the entry lacks first. A read that the cache cannot answer goes to the database and is not stale.
 *
 * <p>{@link dev.freshet.sidecar.demo.Origin} makes a page of each entry that Freshet put, or of the row where there is none. Two
 * edges keep these pages ({@link dev.freshet.sidecar.demo.Edges}): one for as long as the entries with a TTL are kept, the other
 * until Freshet purges them. So what differs between the two is the edge alone. A page that the edge had to fetch is judged as
 * well: what its origin shows may be stale.
 *
 * <p>Counting begins when traffic has run for three seconds, with both caches filled and both JVMs warm.
 */
@NullMarked
package dev.freshet.sidecar.demo;

import org.jspecify.annotations.NullMarked;
