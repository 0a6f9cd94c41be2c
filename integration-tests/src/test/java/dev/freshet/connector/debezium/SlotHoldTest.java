package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotHoldTest {
    @Test
    void asLongAsASourceReadsItsSnapshotNoOtherOneTakesItsSlot() throws Exception {
        try (DatabaseServer server = Servers.chosen().postgres()) {
            LogWorkload.createTables(server);
            // More rows than batches may wait: the snapshot stands still until somebody takes them.
            server.execute("insert into a select g, g from generate_series(1, 100000) g");
            PostgresSourceOpener opener = new PostgresSourceOpener(
                    new PostgresDatabase(Sources.address(server)),
                    Sources.settings(server, "held", Sources.TABLES, 64),
                    Clock.systemUTC());

            try (ChangeSource first = opener.open(Optional::empty)) {
                Sources.take(first);
                assertThatExceptionOfType(SourceLostException.class)
                        .isThrownBy(() -> opener.open(Optional::empty))
                        .withMessage("another process of Freshet has replication slot 'held'");
                Sources.take(first);
            }

            try (ChangeSource next = opener.open(Optional::empty)) {
                Sources.take(next);
            }
        }
    }
}
