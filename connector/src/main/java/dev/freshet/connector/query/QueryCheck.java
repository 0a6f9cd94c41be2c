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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has the server plan every query of some rules, without running one. */
final class QueryCheck {
    /** Rows above which a table is not read whole for every change. */
    private static final long LARGE = 10_000;

    /** Rows above which a change reaches very far. */
    private static final long FAR = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final RuleSet rules;
    private final Map<TableId, Long> rows;
    private final List<QueryFinding> findings = new ArrayList<>();

    /** {@code rows}: how many each table has, as far as is known. */
    QueryCheck(Connection connection, RuleSet rules, Map<TableId, Long> rows) {
        this.connection = connection;
        this.rules = rules;
        this.rows = rows;
    }

    List<QueryFinding> findings() throws SQLException {
        for (Rule rule : rules.rules()) {
            String path = "rules." + rule.name() + ".";
            if (rule.forEach().isPresent()) {
                ForEach each = rule.forEach().get();
                check(rule, path + "for_each." + each.variable(), each.query(), rule.limit(), each.columns(), true);
            }
            for (int i = 0; i < rule.puts().size(); i++) {
                if (rule.puts().get(i) instanceof QueryPut put) {
                    check(rule, path + "put[" + i + "].query", put.query(), 1, columns(put.form()), false);
                }
            }
        }
        return findings;
    }

    private static Set<String> columns(QueryPut.Form form) {
        return switch (form) {
            case SET -> Set.of("member");
            case SORTED_SET -> Set.of("member", "score");
            case STRING, OBJECT, ARRAY, HASH -> Set.of();
        };
    }

    private void check(Rule rule, String path, Query query, int most, Collection<String> needed, boolean fans)
            throws SQLException {
        try {
            BatchedQuery batched = BatchedQuery.of(query, most, connection);
            try (PreparedStatement statement = connection.prepareStatement(batched.sql())) {
                missing(statement.getMetaData(), needed).ifPresent(message -> error(path, message));
            }
            plan(rule, path, batched, fans);
        } catch (SQLException e) {
            connection.rollback();
            if (!Failure.isOfTheQuery(e)) {
                throw e;
            }
            error(path, Failure.message(e));
        }
    }

    private static Optional<String> missing(ResultSetMetaData found, Collection<String> needed) throws SQLException {
        Set<String> columns = new LinkedHashSet<>();
        for (int i = BatchedQuery.NUMBERS + 1; i <= found.getColumnCount(); i++) {
            columns.add(found.getColumnName(i));
        }
        return needed.stream()
                .filter(column -> !columns.contains(column))
                .sorted()
                .findFirst()
                .map(column -> "the query has no column '" + column + "'; it has " + String.join(", ", columns));
    }

    private void plan(Rule rule, String path, BatchedQuery query, boolean fans) throws SQLException {
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
                whole.stream()
                        .filter(table -> rows.getOrDefault(table, 0L) > LARGE)
                        .forEach(table -> warning(
                                rule,
                                path,
                                "unindexed-query",
                                String.format(
                                        Locale.ROOT,
                                        "the server reads all %,d rows of %s for it; create an index on what it asks for",
                                        rows.getOrDefault(table, 0L),
                                        table)));
                read.stream()
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
