package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.connector.backfill.Notice;
import dev.freshet.connector.envelope.ColumnConverter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The embedded engine's configuration: every value that is not Debezium's default, and why. */
final class EngineProperties {
    static final String ENGINE = "freshet";
    private static final Pattern NOT_A_WORD = Pattern.compile("[^A-Za-z0-9_]");

    private EngineProperties() {}

    static Properties of(PostgresSettings settings, int serverVersion, Optional<DebeziumOffset> from) {
        Properties p = new Properties();
        p.setProperty("name", ENGINE);
        p.setProperty("topic.prefix", ENGINE);
        p.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");

        PostgresAddress address = settings.address();
        p.setProperty("database.hostname", address.host());
        p.setProperty("database.port", Integer.toString(address.port()));
        p.setProperty("database.dbname", address.database());
        p.setProperty("database.user", address.user());
        p.setProperty("database.password", address.password());
        p.setProperty("database.sslmode", address.sslmode());
        p.setProperty("driver.ApplicationName", "freshet");
        p.setProperty("driver.options", PostgresAddress.SESSION);

        p.setProperty("plugin.name", "pgoutput");
        p.setProperty("slot.name", settings.slot());
        p.setProperty("slot.drop.on.stop", "false");
        // Whether to wait for a slot that another process holds is for the pipeline to say, not for the engine.
        p.setProperty("slot.max.retries", "0");
        if (serverVersion >= 170_000) {
            p.setProperty("slot.failover", "true");
        }
        // The publication was made before, for exactly these tables.
        p.setProperty("publication.name", settings.publication());
        p.setProperty("publication.autocreate.mode", "disabled");
        p.setProperty("table.include.list", patterns(settings.tables()));
        if (settings.snapshotTables().isEmpty()) {
            p.setProperty("snapshot.mode", "no_data");
        } else {
            p.setProperty("snapshot.mode", "initial");
            p.setProperty("snapshot.include.collection.list", patterns(settings.snapshotTables()));
        }

        // Debezium's default of 500 ms is the latency of everything behind it.
        p.setProperty("poll.interval.ms", "1");
        p.setProperty("max.batch.size", Integer.toString(settings.batch()));
        p.setProperty("max.queue.size", Integer.toString(settings.batch() * 4));
        p.setProperty("max.queue.size.in.bytes", Long.toString(share(settings)));
        p.setProperty("record.processing.threads", "1");
        // A heartbeat alone moves an idle slot, and tells soon that the checkpoint is gone.
        p.setProperty("heartbeat.interval.ms", "1000");
        // Within a connection that was cut the engine would deliver the same transaction again to counters that went
        // on.
        p.setProperty("errors.max.retries", "0");
        // Truncates never arrive under the default.
        p.setProperty("skipped.operations", "none");
        p.setProperty("tombstones.on.delete", "false");
        p.setProperty("provide.transaction.metadata", "false");
        p.setProperty("message.prefix.include.list", literal(Notice.prefix(settings.slot())));
        // Only behind the check before start, which has seen that the slot is not ahead of the checkpoint.
        p.setProperty("offset.mismatch.strategy", "trust_offset");

        // Every column is converted by Freshet. Of what goes wrong there all the same Debezium would make a NULL.
        p.setProperty("converters", "columns");
        p.setProperty("columns.type", ColumnConverter.class.getName());
        p.setProperty("event.converting.failure.handling.mode", "fail");
        // Without it Debezium decodes types that it does not know to nothing, before they can be converted.
        p.setProperty("include.unknown.datatypes", "true");

        p.setProperty("offset.storage", SeededOffsetStore.class.getName());
        p.setProperty("offset.flush.interval.ms", "1000");
        p.setProperty(SeededOffsetStore.KEY, "[\"" + ENGINE + "\",{\"server\":\"" + ENGINE + "\"}]");
        from.ifPresent(offset ->
                p.setProperty(SeededOffsetStore.VALUE, offset.toPosition().text()));
        return p;
    }

    /**
     * What may be at one of the places between the database and the cache, in bytes. There are eight: what was taken from the
     * server at once, the engine's queue, the batch that it hands over, the one that waits for the pipeline, the one that the
     * pipeline works at, what the rules made of it, that as bytes, and what the client sends.
     */
    static long share(PostgresSettings settings) {
        return settings.memory() / 8;
    }

    /** Regular expressions, because that is what Debezium reads; each matches one table. */
    private static String patterns(Collection<TableId> tables) {
        return tables.stream()
                .sorted()
                .map(table -> literal(table.schema()) + "\\." + literal(table.name()))
                .collect(Collectors.joining(","));
    }

    /** Columns that a snapshot would bring and the log does not. */
    static void leaveOut(Map<TableId, List<String>> columns, Properties p) {
        String all = columns.entrySet().stream()
                .flatMap(table -> table.getValue().stream()
                        .map(column -> patterns(List.of(table.getKey())) + "\\." + literal(column)))
                .sorted()
                .collect(Collectors.joining(","));
        if (!all.isEmpty()) {
            p.setProperty("column.exclude.list", all);
        }
    }

    /** Hexadecimal, since a comma or a blank would end the pattern in Debezium's list. */
    private static String literal(String name) {
        return NOT_A_WORD
                .matcher(name)
                .replaceAll(odd -> String.format("\\\\u%04x", (int) odd.group().charAt(0)));
    }
}
