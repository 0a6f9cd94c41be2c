package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.TableId;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The key by which all rows of a table can be read, of whose columns none may be NULL. */
class OrderingKeyTest {
    @Test
    void itIsTheFirstUniqueKeyWithoutNulls() throws Exception {
        try (DatabaseServer server = Servers.chosen().postgres()) {
            server.execute(
                    "create table a (id int primary key, slug text not null unique)",
                    "create table b (code text unique, shop int not null, item int not null, unique (shop, item))",
                    "create table c (code text unique, shop int, item int not null, unique (shop, item))");
            PostgresDatabase database = new PostgresDatabase(Sources.address(server));

            assertThat(key(database, "a")).containsExactly("id");
            assertThat(key(database, "b")).containsExactly("shop", "item");
            assertThat(key(database, "c")).isEmpty();
        }
    }

    private static List<String> key(PostgresDatabase database, String table) throws DatabaseUnreachableException {
        return database.table(new TableId("public", table)).orElseThrow().orderingKey();
    }
}
