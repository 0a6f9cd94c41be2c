package dev.freshet.plan;

import dev.freshet.change.Row;
import dev.freshet.rules.expression.EvaluationException;
import dev.freshet.rules.expression.FoundRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes entries of what a query found. */
final class Answers {
    private static final String MEMBER = "member";
    private static final String SCORE = "score";

    private Answers() {}

    /**
     * Empty where there is no such entry.
     *
     * @throws EvaluationException where the rows are too many or have not the columns that the entry needs
     */
    static Optional<Entry> entry(Operation.Refresh refresh, List<? extends Row> rows) {
        int most = refresh.question().most();
        if (rows.size() > most) {
            throw new EvaluationException(
                    most == 1
                            ? "the query finds more than one row; write rows: many for a list of them"
                            : "the query finds more than " + most + " rows");
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return switch (refresh.form()) {
            case STRING -> Optional.ofNullable(text(rows.getFirst())).map(Entry.Text::new);
            case OBJECT -> Optional.of(new Entry.Json(FoundRows.object(rows.getFirst())));
            case ARRAY -> Optional.of(new Entry.Json(FoundRows.array(rows)));
            case HASH ->
                Optional.of(FoundRows.fields(rows.getFirst()))
                        .filter(fields -> !fields.isEmpty())
                        .map(Entry.Hash::new);
            case SET -> Optional.of(members(rows)).filter(all -> !all.isEmpty()).map(Entry.Members::new);
            case SORTED_SET ->
                Optional.of(scored(rows)).filter(all -> !all.isEmpty()).map(Entry.Scored::new);
        };
    }

    private static @Nullable String text(Row row) {
        List<String> columns = row.columns();
        if (columns.size() != 1) {
            throw new EvaluationException("a string holds one column, and the query has " + columns.size());
        }
        return FoundRows.text(row.get(columns.getFirst()));
    }

    private static Set<String> members(List<? extends Row> rows) {
        Set<String> members = new LinkedHashSet<>();
        for (Row row : rows) {
            String member = FoundRows.text(column(row, MEMBER));
            if (member != null) {
                members.add(member);
            }
        }
        return members;
    }

    private static Map<String, Double> scored(List<? extends Row> rows) {
        Map<String, Double> scored = new LinkedHashMap<>();
        for (Row row : rows) {
            String member = FoundRows.text(column(row, MEMBER));
            Double score = Scores.of(column(row, SCORE));
            if (member != null && score != null) {
                scored.put(member, score);
            }
        }
        return scored;
    }

    private static @Nullable Object column(Row row, String name) {
        List<String> columns = new ArrayList<>(row.columns());
        if (!columns.contains(name)) {
            throw new EvaluationException(
                    "the query has no column '" + name + "'; it has " + String.join(", ", columns));
        }
        return row.get(name);
    }
}
