package dev.freshet.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.assembly.Casing;
import dev.freshet.change.Change;
import dev.freshet.change.SourcePosition;
import dev.freshet.change.Transactions;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.pipeline.Batch;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.Queries;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.SourceOpener;
import dev.freshet.plan.Operation;
import dev.freshet.write.Sweeping;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Ways to break a promise, each with the faults that bring it to light. */
enum Sabotage {
    CHECKPOINT_ON_RECEIPT {
        @Override
        Casing casing() {
            AtomicReference<CheckpointStore> store = new AtomicReference<>();
            return new Casing() {
                @Override
                public CheckpointStore around(CheckpointStore checkpoints) {
                    store.set(checkpoints);
                    return checkpoints;
                }

                @Override
                public SourceOpener around(SourceOpener sources) {
                    return received(sources, batch -> {
                        try {
                            store.get().save(batch.checkpoint());
                        } catch (TargetAwayException | StandDownException e) {
                            // Whoever checkpoints on receipt does not look whether it succeeded either.
                        }
                        return batch;
                    });
                }
            };
        }
    },

    /** Debezium searches for its place by a position that several changes share. */
    PLACE_SEARCHED_BY_LSN {
        @Override
        Casing casing() {
            return new Casing() {
                @Override
                public SourceOpener around(SourceOpener sources) {
                    return received(sources, Sabotage::atTheLastChange);
                }
            };
        }
    },

    /** Whatever is written last wins. */
    FENCES_OFF {
        @Override
        Casing casing() {
            return new Casing() {
                @Override
                public SourceOpener around(SourceOpener sources) {
                    return received(sources, versions(Sabotage::alwaysNewer));
                }
            };
        }
    },

    /** Changes at one place of the log cannot be told apart. */
    ORDINALS_DROPPED {
        @Override
        Casing casing() {
            return new Casing() {
                @Override
                public SourceOpener around(SourceOpener sources) {
                    return received(sources, versions(Sabotage::withoutOrdinal));
                }
            };
        }
    },

    REPLIES_SWALLOWED {
        @Override
        Casing casing() {
            return new Casing() {
                @Override
                public Writer around(Writer writer) {
                    return new Hopeful(writer);
                }
            };
        }
    },

    NO_WAIT_FOR_VISIBILITY {
        @Override
        Casing casing() {
            return new Casing() {
                @Override
                public Queries around(Queries queries) {
                    return (questions, visible) -> queries.ask(questions, Transactions.NONE);
                }
            };
        }
    },

    /** Another server's positions are compared with those of the last one. */
    ONE_EPOCH_FOR_ALL {
        @Override
        Casing casing() {
            return new Casing() {
                @Override
                public SourceOpener around(SourceOpener sources) {
                    return received(
                            sources,
                            versions(version ->
                                    new Version(1, version.commit(), version.position(), version.ordinal())));
                }
            };
        }
    };

    private static final AtomicLong NEWEST = new AtomicLong(System.currentTimeMillis() << 20);

    static final String VARIABLE = "FRESHET_SOAK_SABOTAGE";

    static Optional<Sabotage> ofThisProcess() {
        return Optional.ofNullable(System.getenv(VARIABLE)).map(Sabotage::valueOf);
    }

    abstract Casing casing();

    /** What brings it to light, sooner or later. */
    List<Fault> faults() {
        return switch (this) {
            case CHECKPOINT_ON_RECEIPT -> List.of(Fault.KILLED_AT_A_STEP);
            case PLACE_SEARCHED_BY_LSN, FENCES_OFF, ORDINALS_DROPPED -> List.of(Fault.KILLED_IN_A_TRANSACTION);
            case REPLIES_SWALLOWED -> List.of(Fault.CACHE_FULL);
            case NO_WAIT_FOR_VISIBILITY -> List.of(Fault.COMMITS_WAIT);
            case ONE_EPOCH_FOR_ALL -> List.of(Fault.DATABASE_MOVED);
        };
    }

    private static Version alwaysNewer(Version version) {
        return version.position() == 0
                ? version
                : new Version(version.epoch(), Long.MAX_VALUE, NEWEST.incrementAndGet(), 0);
    }

    /** Of a snapshot's rows, which have no other place, it stays. */
    private static Version withoutOrdinal(Version version) {
        return version.position() == 0
                ? version
                : new Version(version.epoch(), version.commit(), version.position(), 0);
    }

    private static UnaryOperator<Batch> versions(UnaryOperator<Version> wrong) {
        return batch -> new Batch(
                batch.changes().stream().map(change -> changed(change, wrong)).toList(),
                batch.transactions(),
                batch.reached(),
                batch.checkpoint(),
                batch.isReading(),
                batch.forms(),
                batch.bytes());
    }

    private static Change changed(Change change, UnaryOperator<Version> wrong) {
        Version version = wrong.apply(change.version());
        return switch (change) {
            case Change.Insert c -> new Change.Insert(c.table(), c.row(), version, c.committedAt(), c.after());
            case Change.Update c ->
                new Change.Update(c.table(), c.rowBefore(), c.row(), version, c.committedAt(), c.before(), c.after());
            case Change.Delete c -> new Change.Delete(c.table(), c.row(), version, c.committedAt(), c.before());
            case Change.Snapshot c -> new Change.Snapshot(c.table(), c.row(), version, c.committedAt(), c.after());
            case Change.Truncate c -> new Change.Truncate(c.table(), version, c.committedAt());
            case Change.Altered c -> new Change.Altered(c.table(), version, c.committedAt(), c.rowsMayBeGone());
        };
    }

    private static Batch atTheLastChange(Batch batch) {
        if (batch.changes().isEmpty() || batch.isReading()) {
            return batch;
        }
        Checkpoint right = batch.checkpoint();
        long lsn = batch.changes().getLast().version().position();
        try {
            ObjectMapper json = new ObjectMapper();
            ObjectNode position = (ObjectNode) json.readTree(right.position().text());
            position.put("lsn", lsn).put("lsn_proc", lsn).put("messageType", "INSERT");
            return new Batch(
                    batch.changes(),
                    batch.transactions(),
                    batch.reached(),
                    new Checkpoint(
                            new SourcePosition(json.writeValueAsString(position)),
                            right.sourceIdentity(),
                            right.sourceEpoch(),
                            right.basis(),
                            right.owed(),
                            right.applied(),
                            right.isOwedToEdges()),
                    false,
                    batch.forms(),
                    batch.bytes());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SourceOpener received(SourceOpener sources, UnaryOperator<Batch> wrong) {
        return last -> new Receiving(sources.open(last), wrong);
    }

    private record Receiving(ChangeSource source, UnaryOperator<Batch> wrong) implements ChangeSource {
        @Override
        public Optional<Batch> take(Duration atMost) throws SourceLostException, InterruptedException {
            return source.take(atMost).map(wrong);
        }

        @Override
        public void acknowledge(Checkpoint checkpoint) {
            source.acknowledge(checkpoint);
        }

        @Override
        public long leaderEpoch() {
            return source.leaderEpoch();
        }

        @Override
        public Optional<Version> beginsAnew() {
            return source.beginsAnew();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private record Hopeful(Writer writer) implements Writer {
        @Override
        public List<WriteResult> write(List<Operation> operations, Terms terms) throws InterruptedException {
            return writer.write(operations, terms).stream()
                    .<WriteResult>map(ignored -> new WriteResult.Applied())
                    .toList();
        }

        @Override
        public Sweeping sweeping(List<Operation.Scan> sweeps) {
            return writer.sweeping(sweeps);
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
