package dev.freshet.sidecar;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.Servers;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A database with two products, and a cache, for the tests of one class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
abstract class ShopTest {
    DatabaseServer database;
    CacheServer cache;

    @TempDir
    Path folder;

    @BeforeAll
    void start() throws SQLException {
        database = Servers.chosen().postgres();
        cache = Servers.chosen().cache();
        database.execute(
                "create table product (id bigint primary key, name text, price numeric(10, 2))",
                "alter table product replica identity full",
                "insert into product values (1, 'Kettle', 40), (2, 'Lamp', 70.50)");
    }

    @AfterAll
    void close() {
        cache.close();
        database.close();
    }
}
