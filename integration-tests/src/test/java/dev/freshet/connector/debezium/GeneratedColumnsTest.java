package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.Servers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server computes is not in the log, so it is nowhere: an entry must not change its shape with its origin. */
class GeneratedColumnsTest {
    private static final TableId TABLE = new TableId("public", "computed");

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void aGeneratedColumnIsNoColumnInTheSnapshotTheLogAndTheCatalogue(PostgresRelease release) throws Exception {
        try (DatabaseServer server = Servers.chosen().postgres(release)) {
            server.execute(
                    "create table computed (id int primary key, price int,"
                            + " \"twice, it\" int generated always as (price * 2) stored unique)",
                    "insert into computed values (1, 5)");
            PostgresDatabase database = new PostgresDatabase(Sources.address(server));
            Catalog.Table table = database.catalog().table(TABLE).orElseThrow();
            try (Changes changes = Changes.of(server, "computed", TABLE)) {
                Change.Snapshot read = changes.next(Change.Snapshot.class);
                server.execute("update computed set price = 6");
                Change.Update updated = changes.next(Change.Update.class);

                assertThat(List.of(
                                read.after().columns(),
                                updated.after().columns(),
                                table.columns().stream()
                                        .map(Catalog.Column::name)
                                        .toList(),
                                database.row(table, List.of("1")).orElseThrow().columns()))
                        .containsOnly(List.of("id", "price"));
                assertThat(table.uniqueKeys()).containsExactly(List.of("id"));
            }
        }
    }
}
