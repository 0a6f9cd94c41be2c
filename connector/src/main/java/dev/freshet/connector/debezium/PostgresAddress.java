package dev.freshet.connector.debezium;

import java.util.Properties;

/**
 * How a PostgreSQL database is reached.
 *
 * @param host name or address
 * @param port TCP port
 * @param database its name
 * @param user a role that may replicate
 * @param password never printed
 * @param sslmode libpq's word: disable, allow, prefer, require, verify-ca, verify-full
 */
public record PostgresAddress(String host, int port, String database, String user, String password, String sslmode) {
    /** Texts of values in forms that can be read back, whatever the database or the role is set to. */
    static final String SESSION =
            "-c IntervalStyle=postgres -c bytea_output=hex -c lc_monetary=C -c extra_float_digits=1";

    /** Without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Everything else that the driver is told, the password included. */
    public Properties jdbcProperties() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", sslmode);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "freshet");
        properties.setProperty("options", SESSION);
        return properties;
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
