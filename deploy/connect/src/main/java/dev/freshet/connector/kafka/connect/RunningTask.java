package dev.freshet.connector.kafka.connect;

import dev.freshet.assembly.Casing;
import dev.freshet.assembly.GroupWork;
import dev.freshet.assembly.Target;
import dev.freshet.assembly.watch.PipelinePulse;
import dev.freshet.assembly.watch.Watchdog;
import dev.freshet.connector.kafka.broker.Cluster;
import dev.freshet.connector.kafka.task.Intake;
import dev.freshet.connector.kafka.task.Origins;
import dev.freshet.connector.kafka.task.TaskSettings;
import dev.freshet.connector.kafka.task.TaskSources;
import dev.freshet.observe.PipelineListener;
import dev.freshet.observe.PipelineLog;
import dev.freshet.observe.PipelineMetrics;
import dev.freshet.pipeline.GroupPipeline;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.WrittenBefore;
import dev.freshet.workerlog.WorkerLog;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeySentPositions;
import dev.freshet.write.valkey.ValkeyTarget;
import io.micrometer.core.instrument.Clock;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that runs: every part put together, and taken apart again in the opposite order. The pipeline's thread is its own; once that
 * died the task fails, and Connect tells.
 */
final class RunningTask implements AutoCloseable {
    /** Nothing but the domain is said. */
    private record Metrics() implements JmxConfig {
        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public String domain() {
            return "dev.freshet";
        }
    }

    /** Ends the task where a person has to decide: Connect's status is where people look. */
    private record Undecided(Consumer<Throwable> end) implements PipelineListener {
        @Override
        public void decisionNeeded(String reason) {
            end.accept(new ConnectException(reason));
        }
    }

    /** A cache's connection attempt and command, and a broker's answer. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final Duration TO_STOP = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Intake intake;
    private final ErrorReports reports;
    private volatile @Nullable Throwable death;

    /**
     * Starts it.
     *
     * @throws ConnectException where brokers or the cache refuse; a cache that is away is waited for
     */
    RunningTask(TaskIdentity identity, SinkProperties.Sound sound, SinkTaskContext context) {
        ValkeyTarget target =
                Target.of(sound.settings().cache(), sound.settings().fence());
        TaskSettings settings = identity.settings(sound, target);
        try {
            requireOpen(target);
            Cluster cluster = cluster(sound, settings);
            JmxMeterRegistry registry = new JmxMeterRegistry(new Metrics(), Clock.SYSTEM);
            parts.push(registry::close);
            registry.config().commonTags("connector", identity.connector(), "task", identity.number());
            PipelinePulse pulse = new PipelinePulse();
            GroupWork work = new GroupWork(
                    identity.member(sound, target),
                    registry,
                    () -> died(new IllegalStateException("a thread of an edge died; the log says why")),
                    pulse::beat);
            parts.push(work);
            Watchdog watchdog = new Watchdog(
                    pulse, LONGEST_WAIT, registry, () -> died(new IllegalStateException("the pipeline hangs")));
            parts.push(watchdog);
            ValkeyConnection beside = new ValkeyConnection(target);
            parts.push(beside);
            ErrantRecordReporter reporter = context.errantRecordReporter();
            Origins origins = new Origins(reporter != null);
            this.reports = new ErrorReports(reporter, identity.properties(), origins);
            TaskSources sources = new TaskSources(cluster, settings.topics());
            this.intake = new Intake(
                    context,
                    sources,
                    settings,
                    cluster,
                    new WrittenBefore(new ValkeySentPositions(beside, settings.group())),
                    reports,
                    origins,
                    InstantSource.system());
            run(
                    work.pipeline(
                            writtenBefore -> sources,
                            reports::around,
                            Casing.NONE,
                            PipelineListener.all(List.of(
                                    new PipelineMetrics(registry),
                                    new PipelineLog(),
                                    pulse,
                                    new Undecided(this::died)))),
                    identity);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Refuses a cache that lets nobody in with these settings. */
    private static void requireOpen(ValkeyTarget target) {
        try {
            Target.shut(target).ifPresent(why -> {
                throw new ConnectException(why);
            });
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Cluster cluster(SinkProperties.Sound sound, TaskSettings settings) {
        try {
            Cluster cluster = new Cluster(TaskIdentity.client(sound));
            parts.push(cluster);
            cluster.topics(settings.topics());
            return cluster;
        } catch (SourceLostException e) {
            throw new ConnectException(
                    SinkProperties.BROKERS + " and what stands beside it: the brokers cannot be asked: "
                            + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ConnectException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ConnectException("interrupted", e);
    }

    private void run(GroupPipeline pipeline, TaskIdentity identity) {
        Thread thread = new Thread(
                () -> {
                    WorkerLog.of(identity.connector(), identity.number());
                    try {
                        pipeline.run();
                        died(new IllegalStateException("the pipeline has ended"));
                    } catch (RuntimeException | Error e) {
                        died(e);
                    }
                },
                "freshet-pipeline-" + identity.connector() + "-" + identity.number());
        thread.setDaemon(true);
        parts.push(() -> {
            pipeline.stop();
            if (!thread.join(TO_STOP)) {
                thread.interrupt();
                throw new IllegalStateException(
                        "the pipeline does not end: " + Arrays.toString(thread.getStackTrace()));
            }
        });
        thread.start();
    }

    /** The first reason counts. */
    private void died(Throwable why) {
        death = death == null ? why : death;
    }

    Intake intake() {
        return intake;
    }

    /**
     * Does what only Connect's thread may, on that thread; to be called again and again.
     *
     * @throws ConnectException where the pipeline runs no more
     */
    void attend() {
        Throwable why = death;
        if (why != null) {
            throw new ConnectException(String.valueOf(why.getMessage()), why);
        }
        reports.report();
    }

    /** Ends it within seconds; what is not acknowledged by then comes again, to whoever goes on. Every part is closed, whichever fails. */
    @Override
    public void close() {
        ConnectException failed = new ConnectException("parts of the task could not be closed");
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                failed.addSuppressed(e);
            }
        }
        if (failed.getSuppressed().length > 0) {
            LOG.atError().setCause(failed).log("what was left of the task is left to the worker's end");
        }
    }
}
