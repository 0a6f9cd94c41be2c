package dev.freshet.connector.kafka.task;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
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
    private static final int UNDER_WAY = 3;

    private final boolean isAsked;
    private volatile List<Share> shares = List.of(new Share());

    /**
     * Of what one share tells.
     *
     * @param byVersion empty where several rows have the version: those of a snapshot share one
     */
    private record Share(Map<Row, SinkRecord> byRow, Map<Version, Optional<SinkRecord>> byVersion) {
        Share() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    private record Row(Version version, TableId table, String key) {}

    /** @param isAsked whether anybody will ask; nothing is kept otherwise */
    public Origins(boolean isAsked) {
        this.isAsked = isAsked;
    }

    void read(Change change, SinkRecord record) {
        if (isAsked) {
            Share share = shares.getFirst();
            String key = change.ofRow().map(RowId::key).orElse("");
            share.byRow().putIfAbsent(new Row(change.version(), change.table(), key), record);
            share.byVersion().merge(change.version(), Optional.of(record), (one, other) -> Optional.empty());
        }
    }

    /** What is read from now on is another share's. */
    void handedOver() {
        shares = Stream.concat(Stream.of(new Share()), shares.stream())
                .limit(UNDER_WAY)
                .toList();
    }

    /**
     * The record of a change; empty where that cannot be told.
     *
     * @param row its key as text, of a table that may be another one than the change's where nobody knows it
     */
    public Optional<SinkRecord> of(Version version, TableId table, String row) {
        Row known = new Row(version, table, row);
        return shares.stream()
                .flatMap(share -> Stream.ofNullable(share.byRow().get(known)))
                .findFirst()
                .or(() -> shares.stream()
                        .flatMap(share -> Stream.ofNullable(share.byVersion().get(version)))
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
