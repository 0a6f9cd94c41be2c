package dev.freshet.connector.query;

import com.zaxxer.hikari.HikariDataSource;
import dev.freshet.change.TableId;
import dev.freshet.change.Transactions;
import dev.freshet.connector.visibility.Visibility;
import dev.freshet.connector.visibility.VisibleOnPrimary;
import dev.freshet.connector.visibility.VisibleOnReplica;
import dev.freshet.pipeline.DatabaseAwayException;
import dev.freshet.pipeline.Queries;
import dev.freshet.plan.Question;
import dev.freshet.rules.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a PostgreSQL database, or a replica of it. A round is one read-only transaction, in which the changes that ask are
 * visible.
 */
public final class PostgresQueries implements Queries, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresQueries.class);

    private final QuerySettings settings;
    private final Runnable answered;
    private final HikariDataSource pool;
    private final Visibility visibility;
    private final Map<Asked, BatchedQuery> batched = new HashMap<>();

    /**
     * Nothing is connected until it is asked.
     *
     * @param answered is run when a part of the answers is there, on the thread that asked
     */
    public PostgresQueries(QuerySettings settings, Runnable answered) {
        this.settings = settings;
        this.answered = answered;
        this.pool = Pools.ofSnapshots(settings.asked(), settings.timeout());
        this.visibility = settings.replica().isPresent()
                ? new VisibleOnReplica(Pools.ofStatements(settings.primary(), settings.timeout()))
                : new VisibleOnPrimary();
    }

    @Override
    public List<Answer> ask(List<Question> questions, Transactions visible)
            throws DatabaseAwayException, InterruptedException {
        return ask(questions, visible, new HashMap<>(), true);
    }

    /**
     * As above.
     *
     * @param refused why queries cannot be asked, as far as is known by now
     * @param first what a server does not support may be a plan that has grown old, which a new connection does not have
     */
    private List<Answer> ask(List<Question> questions, Transactions visible, Map<Asked, String> refused, boolean first)
            throws DatabaseAwayException, InterruptedException {
        int known = refused.size();
        boolean hasBegun = false;
        long begun = System.nanoTime();
        try (Connection connection = pool.getConnection()) {
            try {
                visibility.await(connection, visible);
                begun = System.nanoTime();
                hasBegun = true;
                return new Round(connection, batched, refused, new Room(settings.bytes()), answered).answers(questions);
            } finally {
                end(connection);
            }
        } catch (SQLException e) {
            if (!hasBegun || Failure.isPassing(e, Duration.ofNanos(System.nanoTime() - begun), settings.timeout())) {
                throw new DatabaseAwayException(Failure.message(e), e);
            }
            batched.clear();
            if (refused.size() > known) {
                return ask(questions, visible, refused, true);
            }
            if (questions.size() == 1 && !(first && Failure.isUnsupported(e))) {
                return List.of(new Answer.Refused(Failure.reason(e)));
            }
        }
        return questions.size() == 1
                ? ask(questions, visible, refused, false)
                : ask(questions.subList(0, questions.size() / 2), visible, refused, true);
    }

    /** Nothing was written, so it does not matter whether it works: the pool drops a connection that is broken. */
    private static void end(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("the transaction of a round of questions did not end");
        }
    }

    /**
     * What the server says of the queries of some rules; it plans them and runs none.
     *
     * @param rows how many each table has, as far as is known
     */
    public List<QueryFinding> check(RuleSet rules, Map<TableId, Long> rows) throws DatabaseAwayException {
        if (!rules.ask()) {
            return List.of();
        }
        try {
            return new QueryCheck(pool, rules, rows).findings();
        } catch (SQLException e) {
            throw new DatabaseAwayException(Failure.message(e), e);
        }
    }

    @Override
    public void close() {
        pool.close();
        visibility.close();
    }
}
