package dev.freshet.observe;

import dev.freshet.change.Change;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what the pipeline tells. Labels are rules, kinds and outcomes: bounded by the rule file, never by the data.
 *
 * <ul>
 *   <li>{@code freshet_changes_total{kind}}: changes taken from the source
 *   <li>{@code freshet_operations_total{kind,rule,outcome}}: operations answered by the target
 *   <li>{@code freshet_commit_to_cache_seconds}: from commit, by the database's clock, to the target's acknowledgement
 *   <li>{@code freshet_lag_seconds}: age of the newest change that was applied, when it was
 *   <li>{@code freshet_queue_depth}: changes taken and not applied
 *   <li>{@code freshet_dead_letters_total{rule}}, {@code freshet_target_retries_total}, {@code freshet_source_lost_total}
 *   <li>{@code freshet_target_went_back_total}: targets that lacked what was saved in them
 *   <li>{@code freshet_altered_tables_total}: tables that were read again, since they were altered
 *   <li>{@code freshet_questions_total}, {@code freshet_query_rounds_seconds}: what rules asked the database, and how long a round
 *       of questions took
 *   <li>{@code freshet_queries_up}: 1 or 0; {@code freshet_query_retries_total}
 *   <li>{@code freshet_target_up}, {@code freshet_source_up}: 1 or 0
 * </ul>
 */
public final class PipelineMetrics implements PipelineListener {
    private static final Duration FINEST = Duration.ofNanos(100_000);
    private static final Duration COARSEST = Duration.ofMinutes(1);

    private final MeterRegistry registry;
    private final Timer commitToCache;
    private final Counter retries;
    private final Counter lost;
    private final Counter wentBack;
    private final Counter altered;
    private final Counter questions;
    private final Counter queryRetries;
    private final Timer asking;
    private final AtomicInteger queriesUp = new AtomicInteger(1);
    private final AtomicLong lagMicros = new AtomicLong();
    private final AtomicInteger depth = new AtomicInteger();
    private final AtomicInteger targetUp = new AtomicInteger(1);
    private final AtomicInteger sourceUp = new AtomicInteger();
    private final Map<String, Counter> changes = new HashMap<>();
    private final Map<OperationLabels, Counter> operations = new HashMap<>();

    private record OperationLabels(String kind, String rule, String outcome) {}

    public PipelineMetrics(MeterRegistry registry) {
        this.registry = registry;
        commitToCache = Timer.builder("freshet.commit.to.cache")
                .description("From commit to the cache's acknowledgement")
                .publishPercentileHistogram()
                .minimumExpectedValue(FINEST)
                .maximumExpectedValue(COARSEST)
                .register(registry);
        retries = registry.counter("freshet.target.retries");
        lost = registry.counter("freshet.source.lost");
        wentBack = registry.counter("freshet.target.went.back");
        altered = registry.counter("freshet.altered.tables");
        questions = registry.counter("freshet.questions");
        queryRetries = registry.counter("freshet.query.retries");
        asking = Timer.builder("freshet.query.rounds")
                .description("A round of questions")
                .register(registry);
        registry.gauge("freshet.queries.up", queriesUp);
        registry.gauge("freshet.lag.seconds", lagMicros, micros -> micros.get() / 1e6);
        registry.gauge("freshet.queue.depth", depth);
        registry.gauge("freshet.target.up", targetUp);
        registry.gauge("freshet.source.up", sourceUp);
    }

    @Override
    public void sourceOpened(boolean anew) {
        sourceUp.set(1);
    }

    @Override
    public void sourceLost(String reason, int attempt) {
        sourceUp.set(0);
        depth.set(0);
        lost.increment();
    }

    @Override
    public void resyncAsked() {
        sourceUp.set(0);
        depth.set(0);
    }

    @Override
    public void taken(List<Change> taken) {
        depth.set(taken.size());
        for (Change change : taken) {
            changes.computeIfAbsent(kind(change), kind -> registry.counter("freshet.changes", "kind", kind))
                    .increment();
        }
    }

    @Override
    public void targetWentBack() {
        wentBack.increment();
    }

    @Override
    public void altered(Change.Altered change) {
        altered.increment();
    }

    @Override
    public void setAside(DeadLetter letter) {
        registry.counter("freshet.dead.letters", "rule", letter.rule().text()).increment();
    }

    @Override
    public void written(List<Operation> sent, List<WriteResult> results, Instant at) {
        for (int i = 0; i < sent.size(); i++) {
            Operation operation = sent.get(i);
            OperationLabels labels =
                    new OperationLabels(kind(operation), operation.rule().text(), outcome(results.get(i)));
            operations
                    .computeIfAbsent(
                            labels,
                            each -> registry.counter(
                                    "freshet.operations",
                                    "kind",
                                    each.kind(),
                                    "rule",
                                    each.rule(),
                                    "outcome",
                                    each.outcome()))
                    .increment();
        }
    }

    @Override
    public void targetAway(String reason, int attempt) {
        targetUp.set(0);
        retries.increment();
    }

    @Override
    public void targetBack() {
        targetUp.set(1);
    }

    @Override
    public void asked(int count, Duration took) {
        questions.increment(count);
        asking.record(took);
    }

    @Override
    public void databaseAway(String reason, int attempt) {
        queriesUp.set(0);
        queryRetries.increment();
    }

    @Override
    public void databaseBack() {
        queriesUp.set(1);
    }

    @Override
    public void applied(List<Change> applied, Instant at) {
        depth.set(0);
        for (Change change : applied) {
            if (!(change instanceof Change.Snapshot || change instanceof Change.Altered)) {
                Duration age = Duration.between(change.committedAt(), at);
                commitToCache.record(age.isNegative() ? Duration.ZERO : age);
            }
        }
        lagMicros.set(Math.max(
                0, Duration.between(applied.getLast().committedAt(), at).toNanos() / 1_000));
    }

    private static String kind(Change change) {
        return switch (change) {
            case Change.Insert insert -> "insert";
            case Change.Update update -> "update";
            case Change.Delete delete -> "delete";
            case Change.Snapshot snapshot -> "snapshot";
            case Change.Truncate truncate -> "truncate";
            case Change.Altered altered -> "altered";
        };
    }

    private static String kind(Operation operation) {
        return switch (operation) {
            case Operation.Put put -> "put";
            case Operation.Remove remove -> "remove";
            case Operation.Refresh refresh -> "refresh";
            case Operation.PutFound put -> "put_found";
            case Operation.RemoveFound remove -> "remove_found";
            case Operation.Invalidate invalidate -> "invalidate";
            case Operation.InvalidateTag tag -> "invalidate_tag";
            case Operation.Purge purge -> "purge";
            case Operation.Publish publish -> "publish";
            case Operation.InvalidatePrefix prefix -> "invalidate_prefix";
            case Operation.InvalidateTags tags -> "invalidate_tags";
            case Operation.PutPart put -> "put_part";
            case Operation.RemovePart remove -> "remove_part";
            case Operation.DropPart drop -> "drop_part";
            case Operation.Sweep sweep -> "sweep";
            case Operation.SweepParts sweep -> "sweep_parts";
            case Operation.SweepTagged sweep -> "sweep_tagged";
        };
    }

    private static String outcome(WriteResult result) {
        return switch (result) {
            case WriteResult.Applied applied -> "applied";
            case WriteResult.Superseded superseded -> "superseded";
            case WriteResult.RetryAfter retry -> "retry";
            case WriteResult.Late late -> "late";
            case WriteResult.Rejected rejected -> "rejected";
        };
    }
}
