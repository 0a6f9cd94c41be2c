package dev.freshet.connector.kafka.task;

import dev.freshet.change.Change;
import dev.freshet.change.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Which record a change came from, as long as the change is under way. A share is gathered, one more may wait, and one is worked on:
 * records of earlier ones are forgotten. Filled by the task's thread, asked by the pipeline's.
 */
public final class Origins {
    private volatile List<Map<Version, SinkRecord>> shares = List.of(new ConcurrentHashMap<>());

    private static final int UNDER_WAY = 3;

    void read(Change change, SinkRecord record) {
        shares.getFirst().putIfAbsent(change.version(), record);
    }

    /** What is read from now on is another share's. */
    void handedOver() {
        shares = Stream.concat(Stream.of(new ConcurrentHashMap<Version, SinkRecord>()), shares.stream())
                .limit(UNDER_WAY)
                .toList();
    }

    /** The record of a change; of rows that share a version, the first one's. */
    public Optional<SinkRecord> of(Version version) {
        return shares.stream()
                .flatMap(share -> Stream.ofNullable(share.get(version)))
                .findFirst();
    }
}
