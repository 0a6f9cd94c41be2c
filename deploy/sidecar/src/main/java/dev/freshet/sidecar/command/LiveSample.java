package dev.freshet.sidecar.command;

import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresPrerequisites;
import dev.freshet.connector.debezium.PostgresSettings;
import dev.freshet.connector.debezium.PostgresSourceOpener;
import dev.freshet.pipeline.Batch;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.rules.RuleSet;
import dev.freshet.sidecar.outcome.Lengths;
import dev.freshet.sidecar.sample.Sample;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows the database for a while and counts what rules would do. It has a slot and a publication of its own, which are gone
 * when it ends, and reads no tables. The stretch begins with the first batch; a database that is idle sends a heartbeat soon.
 */
final class LiveSample {
    static final String SUFFIX = "_explain";
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Preparation prepared;
    private final Optional<RuleSet> old;
    private final PrintWriter progress;
    private volatile boolean stopped;

    /** {@code progress}: where to say that it has begun. */
    LiveSample(Preparation prepared, Optional<RuleSet> old, PrintWriter progress) {
        this.prepared = prepared;
        this.old = old;
        this.progress = progress;
    }

    /** Ends {@link #take} soon, with what there is; safe from any thread. */
    void stop() {
        stopped = true;
    }

    Sample take(Duration length) {
        PostgresSettings own = settings();
        RunCommand.refuse(missing(own));
        Sample sample = new Sample(prepared.rules(), old, prepared.catalog());
        follow(own, length, sample);
        return sample;
    }

    /** That somebody holds the slot is among it: another sample, whose slot and publication are not to be dropped. */
    private List<String> missing(PostgresSettings own) {
        try {
            return PostgresPrerequisites.missing(prepared.database(), own).stream()
                    .map(Object::toString)
                    .toList();
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private void follow(PostgresSettings own, Duration length, Sample sample) {
        try (ChangeSource source = open(own)) {
            long begun = 0;
            boolean running = false;
            while (!stopped && !(running && System.nanoTime() - begun >= length.toNanos())) {
                Optional<Batch> batch = source.take(PATIENCE);
                if (batch.isPresent() && !running) {
                    running = true;
                    begun = System.nanoTime();
                    tellBegun(own, length);
                }
                batch.ifPresent(delivered -> {
                    delivered.changes().forEach(sample::take);
                    source.acknowledge(delivered.checkpoint());
                });
            }
            sample.ended(running ? Duration.ofNanos(System.nanoTime() - begun) : Duration.ZERO);
        } catch (SourceLostException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("interrupted");
        } finally {
            prepared.database().remove(own);
        }
    }

    private ChangeSource open(PostgresSettings own) throws SourceLostException, InterruptedException {
        return new PostgresSourceOpener(prepared.database(), own, Clock.systemUTC()).open(Optional::empty);
    }

    private void tellBegun(PostgresSettings own, Duration length) {
        progress.println("sampling " + prepared.database().address() + " for " + Lengths.text(length)
                + " through the slot '" + own.slot() + "'");
        progress.flush();
    }

    /** The tables of both rule files. */
    private PostgresSettings settings() {
        PostgresSettings real = prepared.sourceSettings();
        Set<TableId> tables = prepared.catalog().tables().keySet().stream()
                .filter(table -> !prepared.rules().on(table).isEmpty()
                        || old.filter(rules -> !rules.on(table).isEmpty()).isPresent())
                .collect(Collectors.toSet());
        return new PostgresSettings(
                real.address(),
                real.slot() + SUFFIX,
                real.publication() + SUFFIX,
                tables,
                Set.of(),
                real.rules(),
                PostgresSettings.OnGap.RESYNC,
                Duration.ZERO,
                real.schemaCheck(),
                real.stalledAfter(),
                real.reach(),
                real.batch(),
                real.memory());
    }
}
