package dev.freshet.connector.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Version;
import dev.freshet.rules.catalog.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of transactions that overlap at random, delivered by commit, with snapshots in between. */
class DeliveryTest {
    private static final int TRANSACTIONS = 12;
    private static final int LOG = 200;

    static List<Long> seeds() {
        return new Random(20_261).longs(200).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyChangeIsNewerThanAllThatWereDeliveredBefore(long seed) {
        List<SinkRecord> delivered = delivered(new Random(seed));

        assertThat(versions(new TopicReader(Catalog.NONE, 1), delivered))
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aVersionIsTheSameWhereverAReaderBeginsThatKnowsTheFloors(long seed) {
        Random random = new Random(seed);
        List<SinkRecord> delivered = delivered(random);
        TopicReader first = new TopicReader(Catalog.NONE, 1);
        List<Version> versions = versions(first, delivered);
        int from = random.nextInt(delivered.size());
        TopicReader second = new TopicReader(Catalog.NONE, 1);
        TopicPartition partition = new TopicPartition(Topic.NAME, 0);
        first.floor(partition).ifPresent(floor -> second.raise(partition, floor));

        assertThat(versions(second, delivered.subList(from, delivered.size())))
                .isEqualTo(versions.subList(from, versions.size()));
    }

    private record Transaction(List<Long> changes, long commit) {}

    /** A slot that begins in the middle of the log, with a snapshot, and others taken while it streams. */
    private static List<SinkRecord> delivered(Random random) {
        Topic topic = Topic.postgres(Topic.products(), "id");
        Struct row = topic.values(17L, "Pen", 3);
        long begin = LOG / 3;
        List<SinkRecord> delivered = new ArrayList<>();
        delivered.add(topic.read(topic.at(null, begin), row));
        @Nullable Long before = null;
        for (Transaction each : transactions(random)) {
            if (each.commit() <= begin) {
                continue;
            }
            for (long lsn : each.changes()) {
                delivered.add(topic.update(topic.at(before, lsn), null, row));
            }
            before = each.commit();
            if (random.nextInt(4) == 0) {
                String kind = random.nextBoolean() ? "incremental" : "true";
                delivered.add(topic.read(topic.at(before, before), kind, row));
            }
        }
        return delivered;
    }

    /** By their commits. Every position of the log is one change's or one commit's. */
    private static List<Transaction> transactions(Random random) {
        List<List<Long>> open = new ArrayList<>();
        List<Transaction> done = new ArrayList<>();
        for (long lsn = 1; lsn <= LOG; lsn++) {
            if (open.size() < TRANSACTIONS / 3 && random.nextInt(3) == 0) {
                open.add(new ArrayList<>());
            }
            if (open.isEmpty()) {
                continue;
            }
            int place = random.nextInt(open.size());
            if (random.nextInt(5) == 0) {
                done.add(new Transaction(open.remove(place), lsn));
            } else {
                open.get(place).add(lsn);
            }
        }
        done.sort(Comparator.comparingLong(Transaction::commit));
        return done;
    }

    private static List<Version> versions(TopicReader reader, List<SinkRecord> records) {
        return records.stream()
                .map(record -> ((Reading.Changed) reader.read(record)).change().version())
                .toList();
    }
}
