package dev.freshet.connector.debezium;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.connector.envelope.EnvelopeReader;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.Servers;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is lost when the work stops in the middle and goes on from a stored offset. The naive form stands beside
 * Freshet's so that these trials are known to find losses.
 */
class CheckpointMatrixTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int TRIALS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What is stored for a record that is done. */
    private enum Form {
        /** Debezium's own offset, as an engine stores it that marks each record processed. */
        LAST_RECORD {
            @Override
            DebeziumOffset after(Map<String, ?> offset) {
                return new DebeziumOffset(new HashMap<>(offset));
            }
        },
        FRESHET {
            @Override
            DebeziumOffset after(Map<String, ?> offset) {
                return DebeziumOffset.after(offset);
            }
        };

        abstract DebeziumOffset after(Map<String, ?> offset);
    }

    private enum Load {
        COPY,
        INTERLEAVED
    }

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void aStopInTheMiddleOfACopyLosesNothing(PostgresRelease release) throws Exception {
        assertThat(losingTrials(release, Form.FRESHET, Load.COPY)).isZero();
    }

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void aStopBetweenInterleavedTransactionsLosesNothing(PostgresRelease release) throws Exception {
        assertThat(losingTrials(release, Form.FRESHET, Load.INTERLEAVED)).isZero();
    }

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void theOffsetOfTheLastRecordLosesRowsOfACopy(PostgresRelease release) throws Exception {
        assertThat(losingTrials(release, Form.LAST_RECORD, Load.COPY)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void aStopWhileATransactionIsOpenLosesNothingOfIt(PostgresRelease release) throws Exception {
        assertThat(rowsLostOfAnOpenTransaction(release, Form.FRESHET)).isZero();
    }

    /** In some trial: the server may write something of its own between the commit and the row. */
    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void theOffsetOfTheLastRecordLosesRowsOfAnOpenTransaction(PostgresRelease release) throws Exception {
        int lost = 0;
        for (int trial = 0; trial < TRIALS && lost == 0; trial++) {
            lost = rowsLostOfAnOpenTransaction(release, Form.LAST_RECORD);
        }
        assertThat(lost).isPositive();
    }

    /** The last thing done before the stop is a heartbeat; the open transaction's next row begins where a commit ended. */
    private static int rowsLostOfAnOpenTransaction(PostgresRelease release, Form form) throws Exception {
        try (DatabaseServer server = Servers.chosen().postgres(release);
                LogWorkload workload = new LogWorkload(server, 0)) {
            LogWorkload.createTables(server);
            server.execute(
                    "create publication freshet for table a, b, last",
                    "select pg_create_logical_replication_slot('open', 'pgoutput')");
            Set<Long> delivered = new HashSet<>();
            long committed = workload.leaveOpen();
            Optional<DebeziumOffset> stored = run(
                    server,
                    "open",
                    Optional.of(slotsStart(server, "open")),
                    form,
                    record -> delivered.contains(committed) && isHeartbeat(record),
                    delivered);
            workload.commitOpen();
            workload.finish();
            run(server, "open", stored, form, CheckpointMatrixTest::isLast, delivered);
            return workload.ids() - delivered.size();
        }
    }

    private static int losingTrials(PostgresRelease release, Form form, Load load) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int losing = 0;
        try (DatabaseServer server = Servers.chosen().postgres(release)) {
            LogWorkload.createTables(server);
            server.execute("create publication freshet for table a, b, last");
            for (int trial = 0; trial < TRIALS; trial++) {
                String slot = "trial_" + trial;
                server.execute(
                        "truncate a, b, last", "select pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
                int ids;
                try (LogWorkload workload = new LogWorkload(server, seed)) {
                    for (int i = 0; i < 10; i++) {
                        switch (load) {
                            case COPY -> workload.copy(40);
                            case INTERLEAVED -> workload.interleaved();
                        }
                    }
                    workload.finish();
                    ids = workload.ids();
                }
                Set<Long> delivered = new HashSet<>();
                int stopAfter = 2 + random.nextInt(ids - 4);
                Optional<DebeziumOffset> stored = run(
                        server,
                        slot,
                        Optional.of(slotsStart(server, slot)),
                        form,
                        record -> delivered.size() >= stopAfter,
                        delivered);
                run(server, slot, stored, form, CheckpointMatrixTest::isLast, delivered);
                if (delivered.size() < ids) {
                    losing++;
                }
                // The server lets a slot go a moment after its reader is gone.
                eventually(SOON, () -> server.execute("select pg_drop_replication_slot('" + slot + "')"));
            }
        }
        return losing;
    }

    private static DebeziumOffset slotsStart(DatabaseServer server, String slot) throws Exception {
        long start = new PostgresDatabase(Sources.address(server))
                .state(slot)
                .slot()
                .orElseThrow()
                .confirmed();
        return new DebeziumOffset(Map.of("lsn", start));
    }

    /** Works on records up to the one that is told here, or the last change; returns what is stored by then. */
    private static Optional<DebeziumOffset> run(
            DatabaseServer server,
            String slot,
            Optional<DebeziumOffset> from,
            Form form,
            Predicate<SourceRecord> isEnough,
            Set<Long> delivered)
            throws Exception {
        AtomicReference<Optional<DebeziumOffset>> stored = new AtomicReference<>(Optional.empty());
        CountDownLatch done = new CountDownLatch(1);
        DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>> handler = (events, committer) -> {
            for (RecordChangeEvent<SourceRecord> event : events) {
                if (done.getCount() == 0) {
                    return;
                }
                SourceRecord record = event.record();
                insertedId(record).ifPresent(delivered::add);
                stored.set(Optional.of(form.after(record.sourceOffset())));
                if (isEnough.test(record) || isLast(record)) {
                    done.countDown();
                }
            }
        };
        PostgresSettings settings = Sources.settings(server, slot, Set.of(), 2048);
        try (DebeziumEngine<RecordChangeEvent<SourceRecord>> engine = DebeziumEngine.create(
                        ChangeEventFormat.of(Connect.class))
                .using(EngineProperties.of(settings, 150_000, from))
                .notifying(handler)
                .build()) {
            Thread thread = Thread.ofPlatform().daemon().start(engine);
            assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the end of the workload came")
                    .isTrue();
            assertThat(thread.isAlive()).isTrue();
        }
        return stored.get();
    }

    private static boolean isLast(SourceRecord record) {
        return record.topic().endsWith(".last");
    }

    private static boolean isHeartbeat(SourceRecord record) {
        return !EnvelopeReader.isChange(record);
    }

    private static Optional<Long> insertedId(SourceRecord record) {
        if (!(record.value() instanceof Struct value) || value.schema().field("op") == null) {
            return Optional.empty();
        }
        boolean isRow = value.getString("op").equals("c") && !record.topic().endsWith(".last");
        return isRow ? Optional.of(value.getStruct("after").getInt64("id")) : Optional.empty();
    }
}
