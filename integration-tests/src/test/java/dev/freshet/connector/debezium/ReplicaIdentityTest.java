package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.change.TableId;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A record does not tell under which identity it was written, and what was not sent looks like a NULL. */
class ReplicaIdentityTest {
    private static final TableId TABLE = new TableId("public", "altered");

    @Test
    void aTableThatGetsAnotherIdentityEndsTheSourceAndTheNextOneBeginsAnew() throws Exception {
        try (DatabaseServer server = Servers.chosen().postgres()) {
            server.execute(
                    "create table altered (id int primary key, note text)",
                    "alter table altered replica identity full");
            PostgresSourceOpener opener = new PostgresSourceOpener(
                    new PostgresDatabase(Sources.address(server)),
                    Sources.settings(server, "altered", Set.of(TABLE), Set.of(), 64),
                    Clock.systemUTC());
            Sources.Last last;
            try (ChangeSource before = opener.open(Optional::empty)) {
                last = Sources.Last.after(Sources.take(before));
                server.execute(
                        "insert into altered values (1, 'x')",
                        "alter table altered replica identity default",
                        "delete from altered");

                assertThatExceptionOfType(SourceLostException.class)
                        .isThrownBy(() -> {
                            while (true) {
                                before.acknowledge(Sources.take(before).checkpoint());
                            }
                        })
                        .withMessageContaining("public.altered");
            }
            try (ChangeSource next = opener.open(last)) {
                assertThat(next.beginsAnew()).isPresent();
            }
        }
    }
}
