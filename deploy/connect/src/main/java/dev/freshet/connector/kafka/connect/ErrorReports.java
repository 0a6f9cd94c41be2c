package dev.freshet.connector.kafka.connect;

import dev.freshet.connector.kafka.task.Origins;
import dev.freshet.connector.kafka.task.Unreadables;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.deadletter.DeadLetterStore;
import dev.freshet.write.TargetAwayException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * What cannot be done goes where the connector's {@code errors.*} say: nothing is tolerated, and the task ends, or it is reported and
 * kept. Positions are stored behind the reports.
 *
 * <p>Connect gives a reporter where reports have somewhere to go, a topic or the log. What is tolerated and reported nowhere is still a
 * dead letter of Freshet's, in the cache. The reporter is used by the task's thread alone: the pipeline's leaves its reports to it.
 */
final class ErrorReports implements Unreadables {
    private static final long PATIENCE_MILLIS = 1_000;

    private final Optional<ErrantRecordReporter> reporter;
    private final boolean isTolerated;
    private final Origins origins;
    private final Map<DeadLetter, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final Queue<Left> left = new ConcurrentLinkedQueue<>();

    /** What the pipeline's thread leaves to the task's. */
    private record Left(SinkRecord record, ConnectException why, CompletableFuture<Void> reported) {}

    ErrorReports(@Nullable ErrantRecordReporter reporter, Map<String, String> properties, Origins origins) {
        this.reporter = Optional.ofNullable(reporter);
        this.isTolerated = "all".equalsIgnoreCase(properties.getOrDefault("errors.tolerance", "none"));
        this.origins = origins;
    }

    @Override
    public boolean isDeadLetter(SinkRecord record, String reason) {
        String text = "the record " + record.originalTopic() + "-" + record.originalKafkaPartition() + "@"
                + record.originalKafkaOffset() + " cannot be read: " + reason;
        if (reporter.isPresent()) {
            // Connect waits for it before it stores positions.
            var unused = report(record, new DataException(text));
            return false;
        }
        if (!isTolerated) {
            throw new ConnectException(text + "; errors.tolerance is none");
        }
        return true;
    }

    /** Connect ends the task itself where it does not tolerate what is reported. */
    private Future<Void> report(SinkRecord record, ConnectException why) {
        return reporter.orElseThrow().report(record, why);
    }

    /** Reports what the pipeline has left; the task's thread calls it again and again. */
    void report() {
        for (Left next = left.poll(); next != null; next = left.poll()) {
            try {
                report(next.record(), next.why()).get();
                next.reported().complete(null);
            } catch (ExecutionException e) {
                throw new ConnectException(
                        "what cannot be done could not be reported: "
                                + next.why().getMessage(),
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ConnectException("interrupted", e);
            }
        }
    }

    /** A store that reports what it stores. */
    DeadLetterStore around(DeadLetterStore letters) {
        return all -> add(all, letters);
    }

    /** Whoever waits comes again with the same letters. */
    private void add(List<DeadLetter> all, DeadLetterStore letters) throws TargetAwayException {
        letters.add(all);
        for (DeadLetter letter : all) {
            await(underWay.computeIfAbsent(letter, this::leave));
        }
        underWay.keySet().removeAll(all);
    }

    private CompletableFuture<Void> leave(DeadLetter letter) {
        ConnectException why = new ConnectException(
                "rule " + letter.rule() + ", row " + letter.row() + " of " + letter.table() + ": " + letter.reason());
        Optional<SinkRecord> record = origins.of(letter.version(), letter.table(), letter.row());
        CompletableFuture<Void> reported = new CompletableFuture<>();
        if (reporter.isPresent() && record.isPresent()) {
            left.add(new Left(record.get(), why, reported));
        } else if (isTolerated) {
            reported.complete(null);
        } else {
            throw new ConnectException(why.getMessage() + "; errors.tolerance is none", why);
        }
        return reported;
    }

    private static void await(CompletableFuture<Void> reported) throws TargetAwayException {
        try {
            reported.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new TargetAwayException("Connect has not reported yet what cannot be done", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails it", e);
        }
    }
}
