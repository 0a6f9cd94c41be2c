package dev.freshet.sidecar.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Reads one product from the database. Used by one thread. */
final class ProductQuery implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement select;

    ProductQuery(PostgresServer database) throws SQLException {
        connection = database.connect();
        select = connection.prepareStatement("select row_to_json(p)::text from product p where id = ?");
    }

    /** The row as JSON, or nothing where there is none. */
    Optional<String> row(long id) {
        try {
            select.setLong(1, id);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a reader cannot read the database", e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
