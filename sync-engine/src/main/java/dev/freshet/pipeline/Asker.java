package dev.freshet.pipeline;

import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.Question;
import java.time.Duration;
import java.util.List;

/** Asks until there are answers. While the database is away it waits and asks again: the log keeps what comes meanwhile. */
final class Asker {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Queries queries;
    private final PipelineListener listener;
    private final Stop stop;
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);

    Asker(Queries queries, PipelineListener listener, Stop stop) {
        this.queries = queries;
        this.listener = listener;
        this.stop = stop;
    }

    /** As {@link Queries#ask}. */
    List<Queries.Answer> ask(List<Question> questions, Transactions visible) throws InterruptedException {
        while (true) {
            try {
                long begun = System.nanoTime();
                List<Queries.Answer> answers = queries.ask(questions, visible);
                listener.asked(answers.size(), Duration.ofNanos(System.nanoTime() - begun));
                if (backoff.attempt() > 0) {
                    backoff.succeeded();
                    listener.databaseBack();
                }
                return answers;
            } catch (DatabaseAwayException e) {
                listener.databaseAway(String.valueOf(e.getMessage()), backoff.attempt());
                stop.await(backoff.next());
            }
        }
    }
}
