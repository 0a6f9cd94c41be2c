package dev.freshet.pipeline;

import dev.freshet.change.Row;
import dev.freshet.change.Transactions;
import dev.freshet.plan.Question;
import java.util.List;

/** Asks the database what rules want to know. Used by one thread. */
public interface Queries {
    /** For rules that ask nothing. */
    Queries NONE = (questions, visible) -> {
        throw new IllegalStateException("rules without queries asked " + questions);
    };

    /**
     * Answers the first of some questions, at least one of them: as many as are held in memory together. All of one call are
     * answered on one snapshot of the database, in which these transactions are visible; of two calls the later one sees no
     * less.
     *
     * @return an answer for each of the first questions, in order
     * @throws DatabaseAwayException where it cannot be asked now, or does not show the transactions yet
     */
    List<Answer> ask(List<Question> questions, Transactions visible) throws DatabaseAwayException, InterruptedException;

    /** What came of one question. */
    sealed interface Answer {
        /** In the query's order; not more than one above what is of use. */
        record Found(List<? extends Row> rows) implements Answer {}

        /** The query fails with these values, whenever it is asked; the reason holds none of them. */
        record Refused(String reason) implements Answer {}
    }
}
