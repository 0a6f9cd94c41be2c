package dev.freshet.connector.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.freshet.connector.debezium.PostgresAddress;
import java.time.Duration;
import java.util.Properties;

/** One connection each, made when it is first asked for: the pipeline has one thread. */
final class Pools {
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration BEYOND_THE_TIMEOUT = Duration.ofSeconds(30);

    private Pools() {}

    /** Transactions that read only, on one snapshot each. */
    static HikariDataSource ofSnapshots(PostgresAddress address, Duration timeout) {
        HikariConfig config = config("freshet-queries", address, timeout);
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return new HikariDataSource(config);
    }

    /** Statements one by one. */
    static HikariDataSource ofStatements(PostgresAddress address, Duration timeout) {
        return new HikariDataSource(config("freshet-log", address, timeout));
    }

    private static HikariConfig config(String name, PostgresAddress address, Duration timeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(address.jdbcUrl());
        config.setDataSourceProperties(properties(address, timeout));
        config.setMaximumPoolSize(1);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(TO_CONNECT.toMillis());
        return config;
    }

    /** What the server is told when a session begins, so that no rollback takes it back. The client gives up later than it. */
    private static Properties properties(PostgresAddress address, Duration timeout) {
        Properties properties = address.jdbcProperties();
        properties.setProperty(
                "options",
                properties.getProperty("options", "") + " -c statement_timeout=" + timeout.toMillis()
                        + " -c lock_timeout=" + Math.max(1, timeout.toMillis() / 2));
        properties.setProperty(
                "socketTimeout", Long.toString(timeout.plus(BEYOND_THE_TIMEOUT).toSeconds()));
        return properties;
    }
}
