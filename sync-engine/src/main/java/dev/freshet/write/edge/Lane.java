package dev.freshet.write.edge;

import dev.freshet.plan.Operation;
import dev.freshet.rules.edge.Edge;
import dev.freshet.write.EdgeListener;
import dev.freshet.write.EdgeState;
import dev.freshet.write.LaneName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One edge, or one node of it: its queue, and the threads that make its calls, as many as its provider takes at once. They are virtual
 * and named {@code freshet-edge-<lane>}; each blocks on its call, or on the lane's lock.
 */
final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.freshet.edge");

    private final Edge edge;
    private final LaneName name;
    private final EdgePurger purger;
    private final EdgeListener listener;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Runnable progress;
    private final PurgeQueue queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final List<Thread> threads = new ArrayList<>();
    private boolean isClosed;

    /**
     * One that {@link #start} starts.
     *
     * @param purger closed with the lane
     * @param progress is run when something was done
     */
    Lane(
            Edge edge,
            LaneName name,
            EdgePurger purger,
            PurgeQueue queue,
            EdgeListener listener,
            InstantSource clock,
            LongSupplier nanos,
            Runnable progress) {
        this.edge = edge;
        this.name = name;
        this.purger = purger;
        this.queue = queue;
        this.listener = listener;
        this.clock = clock;
        this.nanos = nanos;
        this.progress = progress;
    }

    void start() {
        for (int i = 0; i < edge.type().callsUnderWay(); i++) {
            threads.add(Thread.ofVirtual()
                    .name("freshet-edge-" + name, i)
                    .uncaughtExceptionHandler((thread, cause) -> listener.died(thread.getName(), cause))
                    .start(this::work));
        }
    }

    Edge edge() {
        return edge;
    }

    LaneName name() {
        return name;
    }

    void add(long ticket, List<Operation.Purge> purges) {
        boolean isWhole = true;
        lock.lock();
        try {
            long now = nanos.getAsLong();
            for (Operation.Purge purge : purges) {
                isWhole &= queue.add(ticket, purge, now);
            }
            told.signal();
        } finally {
            lock.unlock();
        }
        if (!isWhole) {
            listener.leftOut(edge.name());
        }
    }

    /** Something about the queue, while nobody else touches it. */
    <T> T ask(Function<PurgeQueue, T> question) {
        lock.lock();
        try {
            return question.apply(queue);
        } finally {
            lock.unlock();
        }
    }

    /** Something that may let more leave: whoever waits for that looks again. */
    void change(Consumer<PurgeQueue> change) {
        lock.lock();
        try {
            change.accept(queue);
            told.signal();
        } finally {
            lock.unlock();
        }
    }

    EdgeState state() {
        return ask(asked -> new EdgeState(
                name,
                asked.condition(),
                asked.held(),
                asked.parking().parked(),
                Duration.ofNanos(asked.oldest(nanos.getAsLong())),
                asked.isBehind()));
    }

    private void work() {
        try {
            while (true) {
                PurgeCall call = nextCall();
                long begun = nanos.getAsLong();
                PurgeReply reply = reply(call);
                tell(call, reply, Duration.ofNanos(nanos.getAsLong() - begun));
                progress.run();
            }
        } catch (InterruptedException e) {
            // It is closed; what was under way comes again with the next process.
            Thread.currentThread().interrupt();
        }
    }

    private PurgeCall nextCall() throws InterruptedException {
        while (true) {
            Optional<PurgeCall> call = Optional.empty();
            Pressure pressure;
            lock.lockInterruptibly();
            try {
                if (isClosed) {
                    throw new InterruptedException("closed");
                }
                Step step = queue.next(nanos.getAsLong());
                pressure = queue.pressure();
                switch (step) {
                    case Step.Send(PurgeCall next) -> {
                        told.signal();
                        call = Optional.of(next);
                    }
                    case Step.Wait(long wait) -> {
                        if (pressure.isNone()) {
                            long unused = told.awaitNanos(wait);
                        }
                    }
                }
            } finally {
                lock.unlock();
            }
            tell(pressure);
            if (call.isPresent()) {
                return call.get();
            }
        }
    }

    private PurgeReply reply(PurgeCall call) throws InterruptedException {
        try {
            return purger.purge(call);
        } catch (IllegalArgumentException e) {
            return new PurgeReply.Refused("no request can say this name: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("edge", name)
                    .setCause(e)
                    .log("an adapter broke its contract; the call is made again");
            return new PurgeReply.Failed(
                    Duration.ZERO, "an error of Freshet's own: " + e.getClass().getSimpleName());
        }
    }

    private void tell(PurgeCall call, PurgeReply reply, Duration took) {
        Settled settled;
        int failures;
        lock.lock();
        try {
            settled = queue.done(call, reply, nanos.getAsLong());
            failures = queue.failures();
            told.signalAll();
        } finally {
            lock.unlock();
        }
        listener.called(edge.name(), call.kind(), Math.max(1, call.names().size()), outcome(reply), took);
        if (settled.isBack()) {
            listener.back(name);
        }
        if (!settled.purged().isEmpty()) {
            listener.purged(edge.name(), settled.purged(), clock.instant());
        }
        switch (reply) {
            case PurgeReply.Failed(Duration after, String reason) -> listener.away(name, reason, failures);
            case PurgeReply.Shut(String reason) -> listener.away(name, reason, failures);
            case PurgeReply.Accepted accepted -> {}
            case PurgeReply.Limited limited -> {}
            case PurgeReply.TooLarge tooLarge -> {}
            case PurgeReply.Refused refused -> {}
        }
    }

    private void tell(Pressure pressure) {
        pressure.escalated().forEach((rule, names) -> listener.escalated(edge.name(), rule, names));
        if (pressure.isBehind()) {
            listener.behind(edge.name(), pressure.waiting());
        }
    }

    private static EdgeListener.Outcome outcome(PurgeReply reply) {
        return switch (reply) {
            case PurgeReply.Accepted accepted -> EdgeListener.Outcome.ACCEPTED;
            case PurgeReply.Limited limited -> EdgeListener.Outcome.LIMITED;
            case PurgeReply.Failed failed -> EdgeListener.Outcome.FAILED;
            case PurgeReply.Shut shut -> EdgeListener.Outcome.SHUT;
            case PurgeReply.TooLarge tooLarge -> EdgeListener.Outcome.TOO_LARGE;
            case PurgeReply.Refused refused -> EdgeListener.Outcome.REFUSED;
        };
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            told.signalAll();
        } finally {
            lock.unlock();
        }
        threads.forEach(Thread::interrupt);
        purger.close();
    }
}
