package dev.freshet.connector.backfill;

import dev.freshet.connector.session.KeptConnection;
import dev.freshet.connector.visibility.Visibility;
import dev.freshet.pipeline.DatabaseAwayException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Reads chunks over a connection of its own, each on a snapshot that shows all that was delivered, and marks their places in the log. */
final class ChunkReader implements AutoCloseable {
    private final String prefix;
    private final KeptConnection connection;
    private final Visibility visibility;
    private final Delivered delivered = new Delivered();
    private boolean primed;

    /** {@code prefix} of the messages by which places are marked. */
    ChunkReader(String prefix, KeptConnection.Connections connections, Visibility visibility) {
        this.prefix = prefix;
        this.connection = new KeptConnection(() -> {
            Connection open = connections.open();
            open.setAutoCommit(false);
            open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return open;
        });
        this.visibility = visibility;
    }

    /** The log told of a change of this transaction. */
    void delivered(long transaction) {
        delivered.add(transaction);
    }

    /**
     * Reads the next rows and marks their place.
     *
     * @param isPatient as {@link ChunkQuery#read}
     */
    Chunk read(ChunkQuery query, Backfill of, boolean isPatient)
            throws SQLException, DatabaseAwayException, InterruptedException {
        if (!primed) {
            // A source does not know what was delivered to the one before. This commit returns after theirs, so that
            // they are
            // visible.
            mark("start");
            primed = true;
        }
        String token = UUID.randomUUID().toString();
        Chunk chunk = read(connection.get(), query, of, token, isPatient);
        mark(token);
        return chunk;
    }

    private Chunk read(Connection current, ChunkQuery query, Backfill of, String token, boolean isPatient)
            throws SQLException, DatabaseAwayException, InterruptedException {
        current.setReadOnly(true);
        try {
            visibility.await(current, delivered.all());
            delivered.seen();
            return query.read(current, of, token, isPatient);
        } finally {
            current.rollback();
            current.setReadOnly(false);
        }
    }

    private void mark(String token) throws SQLException {
        Connection current = connection.get();
        try (PreparedStatement emit = current.prepareStatement("select pg_logical_emit_message(true, ?, ?)")) {
            emit.setString(1, prefix);
            emit.setString(2, new Notice.Mark(token).text());
            emit.execute();
        }
        current.commit();
    }

    /** The connection alone; the next chunk is read over another. */
    @Override
    public void close() {
        connection.close();
    }
}
