package dev.freshet.connector.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.change.TableId;
import dev.freshet.rules.ForEach;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.expression.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;

/** Has the server plan every query of some rules, without running one. */
final class QueryCheck {
    /** Rows above which a table is not read whole for every change. */
    private static final long LARGE = 10_000;

    /** Rows above which a change reaches very far. */
    private static final long FAR = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource pool;
    private final RuleSet rules;
    private final Map<TableId, Long> rows;
    private final Map<TableId, TableId> roots;
    private final List<QueryFinding> findings = new ArrayList<>();

    /** {@code rows}: how many each table has, as far as is known. */
    QueryCheck(DataSource pool, RuleSet rules, Map<TableId, Long> rows) throws SQLException {
        this.pool = pool;
        try (Connection connection = pool.getConnection()) {
            this.roots = roots(connection);
            connection.rollback();
        }
        this.rules = rules;
        this.rows = rows;
    }

    List<QueryFinding> findings() throws SQLException {
        for (Rule rule : rules.rules()) {
            String path = "rules." + rule.name() + ".";
            if (rule.forEach().isPresent()) {
                ForEach each = rule.forEach().get();
                check(
                        rule,
                        path + "for_each." + each.variable(),
                        each.query(),
                        rule.limit(),
                        columns -> missing(columns, each.columns()),
                        true);
            }
            for (int i = 0; i < rule.puts().size(); i++) {
                if (rule.puts().get(i) instanceof QueryPut put) {
                    check(
                            rule,
                            path + "put[" + i + "].query",
                            put.query(),
                            1,
                            columns -> wrong(put.form(), columns),
                            false);
                }
            }
        }
        return findings;
    }

    private static Optional<String> wrong(QueryPut.Form form, List<String> columns) {
        return switch (form) {
            case SET -> missing(columns, List.of("member"));
            case SORTED_SET -> missing(columns, List.of("member", "score"));
            case STRING ->
                columns.size() == 1
                        ? Optional.empty()
                        : Optional.of("a string holds one column, and the query has " + columns.size() + ": "
                                + String.join(", ", columns));
            case OBJECT, ARRAY, HASH -> Optional.empty();
        };
    }

    private void check(
            Rule rule, String path, Query query, int most, Function<List<String>, Optional<String>> wrong, boolean fans)
            throws SQLException {
        try (Connection connection = pool.getConnection()) {
            check(connection, rule, path, query, most, wrong, fans);
        }
    }

    /** Some errors of a query make the pool close the connection that they came from. */
    private void check(
            Connection connection,
            Rule rule,
            String path,
            Query query,
            int most,
            Function<List<String>, Optional<String>> wrong,
            boolean fans)
            throws SQLException {
        try {
            BatchedQuery batched = BatchedQuery.of(query, most, connection);
            try (PreparedStatement statement = connection.prepareStatement(batched.sql())) {
                List<String> columns = columns(statement.getMetaData());
                repeated(columns).or(() -> wrong.apply(columns)).ifPresent(message -> error(path, message));
            }
            plan(connection, rule, path, batched, fans);
        } catch (SQLException e) {
            if (!Failure.isOfTheQuery(e)) {
                throw e;
            }
            error(path, Failure.message(e));
        }
        if (!connection.isClosed()) {
            connection.rollback();
        }
    }

    private static List<String> columns(ResultSetMetaData found) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = BatchedQuery.NUMBERS + 1; i <= found.getColumnCount(); i++) {
            columns.add(found.getColumnName(i));
        }
        return columns;
    }

    /** Of two columns with one name the entry would have one. */
    private static Optional<String> repeated(List<String> columns) {
        return columns.stream()
                .filter(column -> Collections.frequency(columns, column) > 1)
                .findFirst()
                .map(column -> "the query has two columns '" + column + "'; name one of them otherwise, with 'as'");
    }

    private static Optional<String> missing(List<String> columns, Collection<String> needed) {
        return needed.stream()
                .filter(column -> !columns.contains(column))
                .sorted()
                .findFirst()
                .map(column -> "the query has no column '" + column + "'; it has " + String.join(", ", columns));
    }

    private void plan(Connection connection, Rule rule, String path, BatchedQuery query, boolean fans)
            throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("explain (verbose, format json) " + query.sql())) {
            for (int i = 1; i <= query.types().size(); i++) {
                explain.setArray(i, connection.createArrayOf("text", new String[1]));
            }
            try (ResultSet row = explain.executeQuery()) {
                row.next();
                JsonNode plan = JSON.readTree(row.getString(1)).path(0).path("Plan");
                Set<TableId> read = new LinkedHashSet<>();
                Set<TableId> whole = new LinkedHashSet<>();
                tables(plan, read, whole);
                if (locks(plan)) {
                    error(
                            path,
                            "the query locks rows (for update, for share); it is asked where nothing can be written");
                }
                Map<TableId, Long> wholeRows = new TreeMap<>();
                whole.forEach(table -> wholeRows.merge(root(table), rows.getOrDefault(table, 0L), Long::sum));
                wholeRows.forEach((table, count) -> {
                    if (count > LARGE) {
                        warning(
                                rule,
                                path,
                                "unindexed-query",
                                String.format(
                                        Locale.ROOT,
                                        "the server reads all %,d rows of %s for it; create an index on what it asks for",
                                        count,
                                        table));
                    }
                });
                read.stream()
                        .filter(table -> rules.on(table).isEmpty())
                        .map(this::root)
                        .distinct()
                        .filter(table -> rules.on(table).isEmpty())
                        .forEach(table -> warning(
                                rule,
                                path,
                                "unfollowed-table",
                                "it reads " + table
                                        + ", which no rule follows: a change there reaches no entry by itself"));
                long estimate = plan.path("Plan Rows").asLong();
                if (fans && estimate > FAR) {
                    warning(
                            rule,
                            path,
                            "fan-out",
                            String.format(Locale.ROOT, "the server expects %,d rows for one change", estimate));
                }
            } catch (JsonProcessingException e) {
                throw new SQLException("a plan that is no JSON", e);
            }
        }
    }

    /** Of a partition the table that it is a part of, under whose name its changes come. */
    private TableId root(TableId table) {
        return roots.getOrDefault(table, table);
    }

    private static Map<TableId, TableId> roots(Connection connection) throws SQLException {
        Map<TableId, TableId> roots = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select n.nspname, c.relname, rn.nspname, r.relname from pg_class c"
                                + " join pg_namespace n on n.oid = c.relnamespace"
                                + " join pg_class r on r.oid = pg_partition_root(c.oid)"
                                + " join pg_namespace rn on rn.oid = r.relnamespace where c.relispartition")) {
            while (row.next()) {
                roots.put(
                        new TableId(row.getString(1), row.getString(2)),
                        new TableId(row.getString(3), row.getString(4)));
            }
        }
        return roots;
    }

    private static boolean locks(JsonNode plan) {
        if (plan.path("Node Type").asText().equals("LockRows")) {
            return true;
        }
        for (JsonNode part : plan.path("Plans")) {
            if (locks(part)) {
                return true;
            }
        }
        return false;
    }

    private static void tables(JsonNode plan, Set<TableId> read, Set<TableId> whole) {
        String name = plan.path("Relation Name").asText();
        String schema = plan.path("Schema").asText();
        if (!name.isEmpty() && !schema.equals("pg_catalog")) {
            TableId table = new TableId(schema, name);
            read.add(table);
            if (plan.path("Node Type").asText().equals("Seq Scan")) {
                whole.add(table);
            }
        }
        plan.path("Plans").forEach(part -> tables(part, read, whole));
    }

    private void error(String path, String message) {
        findings.add(new QueryFinding(path, Optional.empty(), message));
    }

    private void warning(Rule rule, String path, String code, String message) {
        if (!rule.accepted().contains(code)) {
            findings.add(new QueryFinding(path, Optional.of(code), message));
        }
    }
}
