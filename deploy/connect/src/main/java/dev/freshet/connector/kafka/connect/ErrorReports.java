package dev.freshet.connector.kafka.connect;

import dev.freshet.connector.kafka.task.Origins;
import dev.freshet.connector.kafka.task.Unreadables;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.deadletter.DeadLetterStore;
import dev.freshet.write.TargetAwayException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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
 * dead letter of Freshet's, in the cache.
 */
final class ErrorReports implements Unreadables {
    private final Optional<ErrantRecordReporter> reporter;
    private final boolean isTolerated;
    private final Origins origins;

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

    /** Connect waits for what is reported on its own thread, and not for this. */
    private void reportAndWait(SinkRecord record, ConnectException why) {
        try {
            report(record, why).get();
        } catch (ExecutionException e) {
            throw new ConnectException("what cannot be done could not be reported: " + why.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted", e);
        }
    }

    /** A store that reports what it stores. */
    DeadLetterStore around(DeadLetterStore letters) {
        return all -> add(all, letters);
    }

    private void add(List<DeadLetter> all, DeadLetterStore letters) throws TargetAwayException {
        letters.add(all);
        for (DeadLetter letter : all) {
            ConnectException why = new ConnectException("rule " + letter.rule() + ", row " + letter.row() + " of "
                    + letter.table() + ": " + letter.reason());
            Optional<SinkRecord> record = origins.of(letter.version());
            if (reporter.isPresent() && record.isPresent()) {
                reportAndWait(record.get(), why);
            } else if (!isTolerated) {
                throw new ConnectException(why.getMessage() + "; errors.tolerance is none", why);
            }
        }
    }
}
