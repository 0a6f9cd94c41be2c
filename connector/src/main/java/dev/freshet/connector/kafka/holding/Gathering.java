package dev.freshet.connector.kafka.holding;

import dev.freshet.change.Change;
import dev.freshet.change.Transactions;
import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.connector.kafka.record.Reading;
import dev.freshet.pipeline.DecisionNeededException;
import dev.freshet.pipeline.Share;
import dev.freshet.pipeline.Unread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Gathers what some records say until somebody takes it. Used by the thread that reads. */
public final class Gathering {
    /** More than these make writes no cheaper, and what waits older. */
    private static final int MOST_RECORDS = 4_000;

    private static final long MOST_BYTES = 8L << 20;

    private final Holdings holdings;
    private List<Change> changes = new ArrayList<>();
    private List<Change> doubtful = new ArrayList<>();
    private List<Unread> unread = new ArrayList<>();
    private Set<Long> transactions = new HashSet<>();
    private Map<Partition, Long> next = new HashMap<>();
    private boolean beginsAnew;
    private int records;
    private long bytes;

    public Gathering(Holdings holdings) {
        this.holdings = holdings;
    }

    /** @throws DecisionNeededException as {@link Holdings#saw} */
    public void changed(TopicPartition partition, long offset, Reading.Changed changed) throws DecisionNeededException {
        holdings.saw(partition, changed.change());
        changed.transaction().ifPresent(transactions::add);
        (holdings.isDoubtful(partition, offset) ? doubtful : changes).add(changed.change());
        records++;
    }

    public void unread(Unread record) {
        unread.add(record);
        records++;
    }

    /** All of a partition was gathered that is before this offset. */
    public void upTo(TopicPartition partition, long offset) {
        next.put(Holdings.partition(partition), offset);
    }

    /** A partition begins here in this term: nobody knows what edges hold, and it has begun once that is made up for. */
    public void begins(TopicPartition partition, long offset) {
        beginsAnew = true;
        upTo(partition, offset);
    }

    public boolean isEmpty() {
        return next.isEmpty();
    }

    /** A record was gathered that has so many bytes; less than none where it has no value. */
    public void weighs(int more) {
        bytes += Math.max(0, more);
    }

    /** How many of them say something. */
    public int records() {
        return records;
    }

    /** Whether so much was gathered that more has to wait. */
    public boolean isFull() {
        return records >= MOST_RECORDS || bytes >= MOST_BYTES;
    }

    /** What was gathered so far. */
    public Share share() {
        return new Share(changes, doubtful, unread, new Transactions(transactions), new Positions(next), beginsAnew);
    }

    /** It was taken; what comes from now on is another share's. */
    public void taken() {
        changes = new ArrayList<>();
        doubtful = new ArrayList<>();
        unread = new ArrayList<>();
        transactions = new HashSet<>();
        next = new HashMap<>();
        beginsAnew = false;
        records = 0;
        bytes = 0;
    }
}
