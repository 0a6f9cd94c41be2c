package dev.freshet.sidecar.command;

import dev.freshet.change.TableId;
import dev.freshet.change.Transactions;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.FormStore;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.checkpoint.Sent;
import dev.freshet.checkpoint.SentStore;
import dev.freshet.checkpoint.TableForm;
import dev.freshet.checkpoint.TranscriptStore;
import dev.freshet.connector.debezium.PostgresSettings;
import dev.freshet.connector.debezium.PostgresSourceOpener;
import dev.freshet.connector.query.PostgresQueries;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.observe.PipelineListener;
import dev.freshet.observe.PipelineLog;
import dev.freshet.pipeline.Leadership;
import dev.freshet.pipeline.Pipeline;
import dev.freshet.pipeline.Queries;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Operation;
import dev.freshet.rules.Transcript;
import dev.freshet.write.Purger;
import dev.freshet.write.Sweeping;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pipeline with a writer that prints. It begins as a first start would, with what has to go and a snapshot. It follows
 * through a slot and a publication of its own, which are gone when it ends, so the slot of a running sidecar is not moved.
 */
final class DryRun {
    static final String SUFFIX = "_dry_run";

    private final Preparation prepared;
    private final OldKeys oldKeys;
    private final PrintWriter out;

    DryRun(Preparation prepared, OldKeys oldKeys, PrintWriter out) {
        this.prepared = prepared;
        this.oldKeys = oldKeys;
        this.out = out;
    }

    int run() {
        PostgresSettings real = prepared.sourceSettings();
        PostgresSettings own = real.under(real.slot() + SUFFIX, real.publication() + SUFFIX);
        RunCommand.refuse(RunCommand.missing(prepared, own));
        out.println("dry run: what would be written follows, nothing is");
        out.flush();
        try (PostgresQueries queries = prepared.queries()) {
            Sidecar.runUntilAskedToEnd(
                    pipeline(own, queries), () -> prepared.database().remove(own));
        }
        return 0;
    }

    private Pipeline pipeline(PostgresSettings own, Queries queries) {
        return new Pipeline(
                new PostgresSourceOpener(prepared.database(), own, Clock.systemUTC()),
                prepared.succession(oldKeys, new Unread()),
                queries,
                new Printing(out),
                new PrintedPurges(out),
                new Forgetful(),
                new Unsent(),
                new Formless(),
                letters -> {},
                new Leadership(lead -> Instant.now(), Duration.ofMinutes(1), System::nanoTime),
                Duration.ofMinutes(1),
                PipelineListener.all(List.of(new PipelineLog(), new PrintedFailures(out))),
                Clock.systemUTC());
    }

    private record Unsent() implements SentStore {
        @Override
        public Optional<Sent> load() {
            return Optional.empty();
        }

        @Override
        public void announce(Lead lead, Sent sent) {}
    }

    private record Printing(PrintWriter out) implements Writer {
        @Override
        public List<WriteResult> write(List<Operation> operations, Terms terms) {
            operations.forEach(operation -> out.println(Told.of(operation)));
            out.flush();
            return Collections.nCopies(operations.size(), new WriteResult.Applied());
        }

        @Override
        public Sweeping sweeping(List<Operation.Scan> sweeps) {
            sweeps.forEach(sweep -> out.println(Told.of(sweep)));
            out.flush();
            return on -> new Sweeping.Step.Last();
        }

        @Override
        public void close() {}
    }

    private record PrintedPurges(PrintWriter out) implements Purger {
        @Override
        public void take(long ticket, List<Operation.Purge> purges, Transactions visible) {
            purges.forEach(purge -> out.println(Told.of(purge)));
            out.flush();
        }
    }

    private record PrintedFailures(PrintWriter out) implements PipelineListener {
        @Override
        public void setAside(DeadLetter letter) {
            out.println("failed    " + letter.rule() + " " + letter.reason());
        }
    }

    /** A dry run asks no cache, so it knows of no rules before its own. */
    private static final class Unread implements TranscriptStore {
        @Override
        public List<Transcript> load() {
            return List.of();
        }

        @Override
        public void save(Lead lead, List<Transcript> transcripts) {}
    }

    /** A dry run always begins anew. */
    private static final class Forgetful implements CheckpointStore {
        @Override
        public Optional<Checkpoint> load() {
            return Optional.empty();
        }

        @Override
        public void save(Checkpoint checkpoint) {}

        @Override
        public Optional<ResyncRequest> asked() {
            return Optional.empty();
        }

        @Override
        public void answered(ResyncRequest request) {}
    }

    /** And compares with nothing. */
    private static final class Formless implements FormStore {
        @Override
        public Map<TableId, TableForm> load() {
            return Map.of();
        }

        @Override
        public void save(Lead lead, Map<TableId, TableForm> forms) {}
    }
}
