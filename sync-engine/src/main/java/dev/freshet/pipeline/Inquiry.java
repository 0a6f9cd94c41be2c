package dev.freshet.pipeline;

import dev.freshet.change.Transactions;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.plan.Question;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Some questions, answered one after the other in their order: asked many at a time, and only as far as memory allows: as many as were
 * answered the last time, or more.
 */
final class Inquiry {
    private static final int MOST_AT_A_TIME = 500;

    private final Asker asker;
    private final List<Question> questions;
    private final Transactions visible;
    private final Deque<Queries.Answer> answers = new ArrayDeque<>();
    private int asked;
    private int atATime = MOST_AT_A_TIME;

    Inquiry(Asker asker, List<Question> questions, Transactions visible) {
        this.asker = asker;
        this.questions = questions;
        this.visible = visible;
    }

    /** The answer to the next question. */
    Queries.Answer next() throws StandDownException, InterruptedException {
        if (answers.isEmpty()) {
            int end = Math.min(asked + atATime, questions.size());
            List<Queries.Answer> more = asker.ask(questions.subList(asked, end), visible);
            atATime = more.size() < end - asked ? more.size() : Math.min(2 * atATime, MOST_AT_A_TIME);
            asked += more.size();
            answers.addAll(more);
        }
        return answers.remove();
    }

    /** Whether there are more questions, and the next one has to be asked first: what was found so far can be let go. */
    boolean isBetweenAnswers() {
        return answers.isEmpty() && asked < questions.size();
    }
}
