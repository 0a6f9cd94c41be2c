package dev.freshet.connector.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.freshet.change.Row;
import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.PostgresAddress;
import dev.freshet.connector.envelope.QueriedRow;
import dev.freshet.pipeline.DatabaseAwayException;
import dev.freshet.pipeline.NotVisibleException;
import dev.freshet.pipeline.Queries;
import dev.freshet.pipeline.Transactions;
import dev.freshet.plan.Question;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.expression.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a PostgreSQL database. A round is one read-only transaction: its first statement shows the snapshot, and only where the
 * changes that ask are visible in it the questions follow, all sets of values of one query in one statement.
 *
 * <p>A change can be delivered before others see it, while its commit waits for a synchronous standby; what is read then would be
 * the old row under the new version, for good.
 */
public final class PostgresQueries implements Queries, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresQueries.class);

    /** Rows that are held at a time, unless one answer has more. */
    private static final int ROWS_AT_A_TIME = 20_000;

    private static final int FETCHED_AT_ONCE = 1_000;
    private static final Duration FIRST_LOOK_AGAIN = Duration.ofMillis(1);
    private static final Duration LOOKING = Duration.ofSeconds(1);
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    private static final Duration BEYOND_THE_TIMEOUT = Duration.ofSeconds(30);

    private final HikariDataSource pool;
    private final Duration timeout;
    private final Map<Asked, BatchedQuery> batched = new HashMap<>();

    /** Questions that go into one statement. */
    private record Asked(Query query, int most) {}

    /**
     * Nothing is connected until it is asked.
     *
     * @param timeout of one statement; one that takes longer is the fault of its values, if it does so for them alone
     */
    public PostgresQueries(PostgresAddress address, Duration timeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("freshet-queries");
        config.setJdbcUrl(address.jdbcUrl());
        config.setDataSourceProperties(properties(address, timeout));
        config.setMaximumPoolSize(1);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(TO_CONNECT.toMillis());
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        pool = new HikariDataSource(config);
        this.timeout = timeout;
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

    @Override
    public List<Answer> ask(List<Question> questions, Transactions visible)
            throws DatabaseAwayException, InterruptedException {
        return ask(questions, visible, true);
    }

    /** {@code first}: what a server does not support may be a plan that has grown old, which a new connection does not have. */
    private List<Answer> ask(List<Question> questions, Transactions visible, boolean first)
            throws DatabaseAwayException, InterruptedException {
        long begun = System.nanoTime();
        try (Connection connection = pool.getConnection()) {
            try {
                awaitVisible(connection, visible);
                begun = System.nanoTime();
                return answers(connection, questions);
            } finally {
                end(connection);
            }
        } catch (SQLException e) {
            if (Failure.isPassing(e, Duration.ofNanos(System.nanoTime() - begun), timeout)) {
                throw new DatabaseAwayException(Failure.message(e), e);
            }
            batched.clear();
            if (questions.size() == 1 && !(first && Failure.isUnsupported(e))) {
                return List.of(new Answer.Refused(Failure.reason(e)));
            }
        }
        return questions.size() == 1
                ? ask(questions, visible, false)
                : ask(questions.subList(0, questions.size() / 2), visible, true);
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
        try (Connection connection = pool.getConnection()) {
            List<QueryFinding> findings = new QueryCheck(connection, rules, rows).findings();
            connection.rollback();
            return findings;
        } catch (SQLException e) {
            throw new DatabaseAwayException(Failure.message(e), e);
        }
    }

    /** Begins the transaction that the questions are asked in. */
    private static void awaitVisible(Connection connection, Transactions visible)
            throws SQLException, DatabaseAwayException, InterruptedException {
        long deadline = System.nanoTime() + LOOKING.toNanos();
        long pause = FIRST_LOOK_AGAIN.toMillis();
        while (!snapshot(connection).shows(visible)) {
            connection.rollback();
            if (System.nanoTime() > deadline) {
                throw new NotVisibleException(
                        "the database does not show yet what its log tells; a synchronous standby may be behind");
            }
            Thread.sleep(pause);
            pause *= 2;
        }
    }

    private static Snapshot snapshot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_snapshot()::text")) {
            row.next();
            return Snapshot.parse(row.getString(1));
        }
    }

    /** Answers a query of the first questions at a time, and then those behind it that ask the same query. */
    private List<Answer> answers(Connection connection, List<Question> questions) throws SQLException {
        Map<Asked, Set<List<@Nullable Object>>> byQuery = new LinkedHashMap<>();
        for (Question question : questions) {
            byQuery.computeIfAbsent(asked(question), each -> new LinkedHashSet<>())
                    .add(question.values());
        }
        Map<Asked, Map<List<@Nullable Object>, List<Row>>> found = new HashMap<>();
        int rows = 0;
        for (Map.Entry<Asked, Set<List<@Nullable Object>>> each : byQuery.entrySet()) {
            Map<List<@Nullable Object>, List<Row>> ofQuery =
                    found(connection, each.getKey(), List.copyOf(each.getValue()), ROWS_AT_A_TIME - rows);
            found.put(each.getKey(), ofQuery);
            rows += ofQuery.values().stream().mapToInt(List::size).sum();
        }
        List<Answer> answers = new ArrayList<>();
        for (Question question : questions) {
            List<Row> of = found.getOrDefault(asked(question), Map.of()).get(question.values());
            if (of == null) {
                break;
            }
            answers.add(new Answer.Found(of));
        }
        return answers;
    }

    private static Asked asked(Question question) {
        return new Asked(question.query(), question.most());
    }

    /**
     * Rows for each of the first sets of values; for as many as there is room, and for the first in any case. What was asked
     * and has no rows has an empty list.
     */
    private Map<List<@Nullable Object>, List<Row>> found(
            Connection connection, Asked asked, List<List<@Nullable Object>> all, int room) throws SQLException {
        BatchedQuery query = batched.get(asked);
        if (query == null) {
            query = BatchedQuery.of(asked.query(), asked.most(), connection);
            batched.put(asked, query);
        }
        Map<List<@Nullable Object>, List<Row>> found = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            for (int parameter = 0; parameter < query.types().size(); parameter++) {
                statement.setArray(
                        parameter + 1, connection.createArrayOf("text", texts(all, parameter, query.types())));
            }
            int answered = 0;
            int rows = 0;
            try (ResultSet result = statement.executeQuery()) {
                QueriedRow.Reader reader = QueriedRow.reader(result, BatchedQuery.NUMBERS);
                while (result.next()) {
                    int of = result.getInt(1);
                    if (of > answered && rows >= room && answered > 0) {
                        return found;
                    }
                    while (answered < of) {
                        found.put(all.get(answered), new ArrayList<>());
                        answered++;
                    }
                    found.computeIfAbsent(all.get(of - 1), values -> new ArrayList<>())
                            .add(reader.read());
                    rows++;
                }
            }
            while (answered < all.size()) {
                found.put(all.get(answered), new ArrayList<>());
                answered++;
            }
        }
        return found;
    }

    private static @Nullable String[] texts(List<List<@Nullable Object>> all, int parameter, List<String> types) {
        @Nullable String[] texts = new String[all.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = ParameterText.of(all.get(i).get(parameter), types.get(parameter));
        }
        return texts;
    }

    @Override
    public void close() {
        pool.close();
    }
}
