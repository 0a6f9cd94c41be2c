package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.connector.schema.Rereading;
import dev.freshet.rules.Fingerprint;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a PostgreSQL source reads and how.
 *
 * @param address where
 * @param slot name of the replication slot, created when missing; one process holds it at a time
 * @param publication name of the publication, made to hold exactly {@code tables}
 * @param tables whose changes are wanted; at least one
 * @param snapshotTables those of {@code tables} that are read whole when there is nothing to go on from
 * @param rules by which the cache is kept; where a checkpoint was made by others the source begins anew
 * @param onGap what to do where changes may have been missed
 * @param retain how long the database keeps log that is done with: a cache that fails over may have lost its last writes
 * @param schemaCheck how often the tables are looked at, for what no change of a row tells
 * @param stalledAfter how long the server may say nothing, where it has something to say
 * @param reach what has to be read where a table was altered
 * @param batch most changes in one batch
 * @param memory most bytes that wait between the database and the pipeline
 */
public record PostgresSettings(
        PostgresAddress address,
        String slot,
        String publication,
        Set<TableId> tables,
        Set<TableId> snapshotTables,
        Fingerprint rules,
        OnGap onGap,
        Duration retain,
        Duration schemaCheck,
        Duration stalledAfter,
        Rereading.Reach reach,
        int batch,
        long memory) {
    public PostgresSettings {
        tables = Set.copyOf(tables);
        snapshotTables = Set.copyOf(snapshotTables);
        if (tables.isEmpty() || !tables.containsAll(snapshotTables)) {
            throw new IllegalArgumentException("snapshot tables " + snapshotTables + " are not all of " + tables);
        }
    }

    /** The same over a slot and a publication of its own, where nothing is lost by beginning anew. */
    public PostgresSettings under(String otherSlot, String otherPublication) {
        return new PostgresSettings(
                address,
                otherSlot,
                otherPublication,
                tables,
                snapshotTables,
                rules,
                OnGap.RESYNC,
                retain,
                schemaCheck,
                stalledAfter,
                reach,
                batch,
                memory);
    }

    /** The same of these tables alone, each of which it follows; at least one. */
    PostgresSettings of(Set<TableId> some) {
        return new PostgresSettings(
                address,
                slot,
                publication,
                some,
                snapshotTables.stream().filter(some::contains).collect(Collectors.toSet()),
                rules,
                onGap,
                retain,
                schemaCheck,
                stalledAfter,
                reach,
                batch,
                memory);
    }

    /** What to do where changes may have been missed. */
    public enum OnGap {
        /** Begin anew: a new slot, a snapshot, a sweep of what no row backs. */
        RESYNC,
        /** Stop and say why; a person decides. */
        STOP
    }
}
