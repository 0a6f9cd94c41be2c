package dev.freshet.plan;

import dev.freshet.rules.expression.Query;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the database has to be asked before it is known what to do.
 *
 * @param values of the query's parameters, as {@link dev.freshet.change.Row} lists them
 * @param most rows that are of use; one more tells that there are too many
 */
public record Question(Query query, List<@Nullable Object> values, int most) {
    public Question {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
