package dev.freshet.pipeline;

import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.deadletter.DeadLetterStore;
import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Removal;
import dev.freshet.write.Sweeping;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends operations until each of them is applied or set aside. While the target is away it waits and sends again: the log
 * keeps what comes meanwhile.
 */
final class Delivery {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Writer writer;
    private final DeadLetterStore deadLetters;
    private final Leadership leadership;
    private final PipelineListener listener;
    private final InstantSource clock;
    private final Stop stop;
    private Terms.Fences fences = Terms.Fences.FOR_A_WINDOW;
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);

    Delivery(
            Writer writer,
            DeadLetterStore deadLetters,
            Leadership leadership,
            PipelineListener listener,
            InstantSource clock,
            Stop stop) {
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.leadership = leadership;
        this.listener = listener;
        this.clock = clock;
        this.stop = stop;
    }

    /** How long the versions of what is delivered from now on are remembered. */
    void remember(Terms.Fences until) {
        fences = until;
    }

    /**
     * Returns when every operation is applied or set aside.
     *
     * @throws StandDownException where this process is not known to lead
     * @throws InterruptedException where the pipeline is to stop before that
     */
    void deliver(List<Operation> operations) throws StandDownException, InterruptedException {
        List<Operation> left = operations;
        while (!left.isEmpty()) {
            List<WriteResult> results = writer.write(left, new Terms(leadership::ledAt, fences));
            listener.written(left, results, clock.instant());
            left = remainder(left, results);
        }
    }

    Sweeping sweeping(List<Operation.Scan> sweeps) {
        return writer.sweeping(sweeps);
    }

    /**
     * Returns when a page of it is done.
     *
     * @return whether it was the last
     * @throws StandDownException as for {@link #deliver}
     */
    boolean sweepsTheLastPage(Sweeping sweeping) throws StandDownException, InterruptedException {
        while (true) {
            switch (sweeping.next(new Terms(leadership::ledAt, Terms.Fences.FOR_A_WINDOW))) {
                case Sweeping.Step.More more -> {
                    back();
                    return false;
                }
                case Sweeping.Step.Last last -> {
                    back();
                    return true;
                }
                case Sweeping.Step.PutOff(Duration delay, String reason) ->
                    pause(new WriteResult.RetryAfter(delay, reason));
                case Sweeping.Step.Late late -> throw late();
            }
        }
    }

    private static StandDownException late() {
        return new StandDownException("a write came too long after this process was last known to lead");
    }

    private List<Operation> remainder(List<Operation> sent, List<WriteResult> results)
            throws StandDownException, InterruptedException {
        List<Operation> again = new ArrayList<>();
        List<DeadLetter> letters = new ArrayList<>();
        WriteResult.@Nullable RetryAfter away = null;
        for (int i = 0; i < sent.size(); i++) {
            Operation operation = sent.get(i);
            switch (results.get(i)) {
                case WriteResult.Applied applied -> {}
                case WriteResult.Superseded superseded -> {}
                case WriteResult.Late late -> throw late();
                case WriteResult.RetryAfter retry -> {
                    again.add(operation);
                    away = retry;
                }
                case WriteResult.Rejected rejected -> {
                    letters.add(DeadLetters.of(operation, rejected.reason()));
                    Removal.insteadOf(operation).ifPresent(again::add);
                }
            }
        }
        setAside(letters);
        if (away == null) {
            back();
        } else {
            pause(away);
        }
        return again;
    }

    /** Returns when this process is known to lead. */
    void claim(Lead lead) throws StandDownException, InterruptedException {
        insist(() -> {
            leadership.claim(lead);
            return lead;
        });
    }

    /** Returns when this process is known to lead still. */
    void claimAgain() throws StandDownException, InterruptedException {
        insist(() -> {
            leadership.claimAgain();
            return true;
        });
    }

    /** Something that a target may be too far away for. */
    interface Attempt<T> {
        T make() throws TargetAwayException, StandDownException;
    }

    /** Tries until the target is there. */
    <T> T insist(Attempt<T> attempt) throws StandDownException, InterruptedException {
        while (true) {
            try {
                T made = attempt.make();
                back();
                return made;
            } catch (TargetAwayException e) {
                pause(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Returns when the letters are stored. */
    void setAside(List<DeadLetter> letters) throws InterruptedException {
        boolean stored = letters.isEmpty();
        while (!stored) {
            try {
                deadLetters.add(letters);
                stored = true;
            } catch (TargetAwayException e) {
                pause(String.valueOf(e.getMessage()));
            }
        }
        letters.forEach(listener::setAside);
    }

    /** Waits before something is tried again on a target that is away. */
    void pause(String reason) throws InterruptedException {
        pause(new WriteResult.RetryAfter(Duration.ZERO, reason));
    }

    /** Waits as long as the target asks for, or longer. */
    private void pause(WriteResult.RetryAfter why) throws InterruptedException {
        listener.targetAway(why.reason(), backoff.attempt());
        Duration pause = backoff.next();
        stop.await(pause.compareTo(why.delay()) > 0 ? pause : why.delay());
    }

    void back() {
        if (backoff.attempt() > 0) {
            backoff.succeeded();
            listener.targetBack();
        }
    }
}
