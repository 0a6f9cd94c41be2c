package dev.freshet.connector.query;

import dev.freshet.change.Row;
import dev.freshet.connector.envelope.Fetching;
import dev.freshet.connector.envelope.QueriedRow;
import dev.freshet.pipeline.Queries;
import dev.freshet.plan.Question;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions that are answered in one transaction: all sets of values of one query in one statement. */
final class Round {
    private final Connection connection;
    private final Map<Asked, BatchedQuery> batched;
    private final Map<Asked, String> refused;
    private final Room room;
    private final Runnable answered;

    /**
     * A round on a connection whose transaction has begun.
     *
     * @param batched queries as they are asked, from one round to the next
     * @param refused why queries cannot be asked, whatever the values
     * @param answered is run for every row
     */
    Round(
            Connection connection,
            Map<Asked, BatchedQuery> batched,
            Map<Asked, String> refused,
            Room room,
            Runnable answered) {
        this.connection = connection;
        this.batched = batched;
        this.refused = refused;
        this.room = room;
        this.answered = answered;
    }

    /** For as many of the first questions as there is room for the answers. */
    List<Queries.Answer> answers(List<Question> questions) throws SQLException {
        Map<Asked, Set<List<@Nullable Object>>> byQuery = new LinkedHashMap<>();
        for (Question question : questions) {
            byQuery.computeIfAbsent(Asked.by(question), each -> new LinkedHashSet<>())
                    .add(question.values());
        }
        byQuery.keySet().removeIf(refused::containsKey);
        Map<Asked, Map<List<@Nullable Object>, List<Row>>> found = new HashMap<>();
        for (Map.Entry<Asked, Set<List<@Nullable Object>>> each : byQuery.entrySet()) {
            found.put(each.getKey(), found(each.getKey(), List.copyOf(each.getValue()), room.share(byQuery.size())));
        }
        List<Queries.Answer> answers = new ArrayList<>();
        for (Question question : questions) {
            String reason = refused.get(Asked.by(question));
            if (reason != null) {
                answers.add(new Queries.Answer.Refused(reason));
                continue;
            }
            List<Row> of = found.getOrDefault(Asked.by(question), Map.of()).get(question.values());
            if (of == null) {
                break;
            }
            answers.add(new Queries.Answer.Found(of));
        }
        return answers;
    }

    /**
     * Rows for each of the first sets of values; for as many as there is room, and for the first in any case. What was asked
     * and has no rows has an empty list.
     */
    private Map<List<@Nullable Object>, List<Row>> found(Asked asked, List<List<@Nullable Object>> all, Room share)
            throws SQLException {
        BatchedQuery query = batched(asked);
        Map<List<@Nullable Object>, List<Row>> found = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
            for (int parameter = 0; parameter < query.types().size(); parameter++) {
                statement.setArray(
                        parameter + 1, connection.createArrayOf("text", texts(all, parameter, query.types())));
            }
            Fetching fetching = new Fetching(statement);
            try (ResultSet result = statement.executeQuery()) {
                QueriedRow.Reader reader = QueriedRow.reader(result, BatchedQuery.NUMBERS);
                while (result.next()) {
                    int of = result.getInt(1);
                    if (of > found.size() && share.isFull() && !found.isEmpty()) {
                        return found;
                    }
                    askedUpTo(of, all, found);
                    QueriedRow row = reader.read();
                    answered.run();
                    found.computeIfAbsent(all.get(of - 1), values -> new ArrayList<>())
                            .add(row);
                    share.take(row.bytes());
                    fetching.read(result, row.bytes());
                }
            }
            askedUpTo(all.size(), all, found);
        }
        answered.run();
        return found;
    }

    private static void askedUpTo(
            int number, List<List<@Nullable Object>> all, Map<List<@Nullable Object>, List<Row>> found) {
        while (found.size() < number) {
            found.put(all.get(found.size()), new ArrayList<>());
        }
    }

    private BatchedQuery batched(Asked asked) throws SQLException {
        BatchedQuery query = batched.get(asked);
        if (query == null) {
            try {
                query = BatchedQuery.of(asked.query(), asked.most(), connection);
            } catch (SQLException e) {
                if (Failure.isOfTheQuery(e)) {
                    refused.put(asked, "the query cannot be asked: " + Failure.message(e));
                }
                throw e;
            }
            batched.put(asked, query);
        }
        return query;
    }

    private static @Nullable String[] texts(List<List<@Nullable Object>> all, int parameter, List<String> types) {
        @Nullable String[] texts = new String[all.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = ParameterText.of(all.get(i).get(parameter), types.get(parameter));
        }
        return texts;
    }
}
