package dev.freshet.pipeline;

import dev.freshet.change.Transactions;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.Question;
import java.time.Duration;
import java.util.List;

/**
 * Asks until there are answers. While the database is away it waits and asks again: the log keeps what comes meanwhile.
 *
 * <p>Answers count where this process still leads after it has them: whoever leads later then asks later, and finds what is
 * newer. Otherwise a later leader that asked before could not be told from one that asked afterwards.
 */
final class Asker {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration UNSEEN_FOR_GOOD = Duration.ofMinutes(1);

    private final Queries queries;
    private final Delivery delivery;
    private final PipelineListener listener;
    private final Stop stop;
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);

    Asker(Queries queries, Delivery delivery, PipelineListener listener, Stop stop) {
        this.queries = queries;
        this.delivery = delivery;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * As {@link Queries#ask}.
     *
     * @throws StandDownException where the database answers and does not show the transactions for a long time: another one
     *     may have taken its place, which never had them; or where another process leads
     */
    List<Queries.Answer> ask(List<Question> questions, Transactions visible)
            throws StandDownException, InterruptedException {
        List<Queries.Answer> answers = answers(questions, visible);
        delivery.claimAgain();
        return answers;
    }

    private List<Queries.Answer> answers(List<Question> questions, Transactions visible)
            throws StandDownException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try {
                long asked = System.nanoTime();
                List<Queries.Answer> answers = queries.ask(questions, visible);
                listener.asked(answers.size(), Duration.ofNanos(System.nanoTime() - asked));
                if (backoff.attempt() > 0) {
                    backoff.succeeded();
                    listener.databaseBack();
                }
                return answers;
            } catch (DatabaseAwayException e) {
                if (e instanceof NotVisibleException && System.nanoTime() - begun > UNSEEN_FOR_GOOD.toNanos()) {
                    throw new StandDownException(String.valueOf(e.getMessage()));
                }
                listener.databaseAway(String.valueOf(e.getMessage()), backoff.attempt());
                stop.await(backoff.next());
            }
        }
    }
}
