package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.servers.DatabaseServer;
import java.util.Set;

/** Settings of sources over the tables of {@link LogWorkload}. */
final class Sources {
    static final Set<TableId> TABLES =
            Set.of(new TableId("public", "a"), new TableId("public", "b"), new TableId("public", "last"));

    private Sources() {}

    static PostgresAddress address(DatabaseServer server) {
        return new PostgresAddress(
                server.host(), server.port(), server.database(), server.superuser(), server.password(), "prefer");
    }

    static PostgresSettings settings(DatabaseServer server, String slot, Set<TableId> snapshotTables, int batch) {
        return new PostgresSettings(
                address(server),
                slot,
                "freshet",
                TABLES,
                snapshotTables,
                PostgresSettings.OnGap.RESYNC,
                batch,
                64L << 20);
    }
}
