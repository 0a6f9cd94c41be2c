package dev.freshet.sidecar.command;

import dev.freshet.assembly.Casing;
import dev.freshet.assembly.GroupWork;
import dev.freshet.assembly.watch.PipelinePulse;
import dev.freshet.assembly.watch.Watchdog;
import dev.freshet.connector.kafka.broker.Cluster;
import dev.freshet.connector.kafka.group.GroupSettings;
import dev.freshet.connector.kafka.group.KafkaSources;
import dev.freshet.observe.PipelineListener;
import dev.freshet.observe.PipelineLog;
import dev.freshet.observe.PipelineMetrics;
import dev.freshet.pipeline.GroupPipeline;
import dev.freshet.plan.OldKeys;
import dev.freshet.sidecar.admin.AdminServer;
import dev.freshet.sidecar.admin.Health;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/** A running member of a consumer group: every part put together, and taken apart again in the opposite order. */
final class GroupMember {
    private final GroupPreparation prepared;
    private final OldKeys oldKeys;
    private final Casing casing;
    private final PrintWriter out;

    GroupMember(GroupPreparation prepared, OldKeys oldKeys, Casing casing, PrintWriter out) {
        this.prepared = prepared;
        this.oldKeys = oldKeys;
        this.casing = casing;
        this.out = out;
    }

    /** Runs until the process is asked to end. */
    void run() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        Health health = Health.withoutSlot();
        PipelinePulse pulse = new PipelinePulse();
        GroupSettings settings = prepared.groupSettings();
        try (AdminServer admin = Sidecar.admin(prepared.settings().admin().listen(), health, registry);
                Watchdog watchdog = new Watchdog(pulse, prepared.pipelinePatience(), registry, Sidecar::endAtOnce);
                Cluster cluster = new Cluster(settings.client());
                GroupWork work = new GroupWork(prepared.member(oldKeys), registry, Sidecar::endAtOnce, pulse::beat)) {
            GroupPipeline pipeline = work.pipeline(
                    writtenBefore -> new KafkaSources(settings, cluster, writtenBefore, InstantSource.system()),
                    UnaryOperator.identity(),
                    casing,
                    PipelineListener.all(List.of(
                            new PipelineMetrics(registry), health, new PipelineLog(), new FirstChange(out), pulse)));
            health.look(work.edges().states());
            out.printf(
                    "health and metrics at http://%s:%d%n",
                    prepared.settings().admin().listen().host(), admin.port());
            out.flush();
            Sidecar.runUntilAskedToEnd(
                    pipeline::stop,
                    () -> {
                        Thread.currentThread().setName("freshet-pipeline");
                        pipeline.run();
                    },
                    () -> {});
        }
    }
}
