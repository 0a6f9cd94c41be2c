package dev.freshet.sidecar.command;

import dev.freshet.connector.kafka.group.KafkaSources;
import dev.freshet.observe.PipelineListener;
import dev.freshet.observe.PipelineLog;
import dev.freshet.observe.PipelineMetrics;
import dev.freshet.pipeline.GroupPipeline;
import dev.freshet.pipeline.Leadership;
import dev.freshet.pipeline.Queries;
import dev.freshet.pipeline.WrittenBefore;
import dev.freshet.plan.OldKeys;
import dev.freshet.sidecar.admin.AdminServer;
import dev.freshet.sidecar.admin.Health;
import dev.freshet.sidecar.admin.PipelinePulse;
import dev.freshet.sidecar.admin.Watchdog;
import dev.freshet.write.valkey.ValkeyCheckpoints;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyDeadLetters;
import dev.freshet.write.valkey.ValkeyLead;
import dev.freshet.write.valkey.ValkeySentPositions;
import dev.freshet.write.valkey.ValkeyTranscripts;
import dev.freshet.write.valkey.ValkeyWriter;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;

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
        Health health = new Health();
        String group = prepared.source().pipeline();
        PipelinePulse pulse = new PipelinePulse();
        try (AdminServer admin = Sidecar.admin(prepared.settings().admin().listen(), health, registry);
                Watchdog watchdog = new Watchdog(pulse, prepared.pipelinePatience(), registry, Sidecar::endAtOnce);
                Edges edges = Edges.of(prepared, registry, health, Sidecar::endAtOnce);
                ValkeyConnection beside = new ValkeyConnection(prepared.target());
                ValkeyConnection cache = new ValkeyConnection(prepared.target(), pulse::beat);
                Couriers couriers = Couriers.of(prepared.settings(), cache, pulse::beat)) {
            Leadership leadership = new Leadership(
                    new ValkeyLead(cache, group), prepared.target().patience(), System::nanoTime);
            GroupPipeline pipeline = new GroupPipeline(
                    new KafkaSources(
                            prepared.groupSettings(),
                            new WrittenBefore(new ValkeySentPositions(beside, group)),
                            InstantSource.system()),
                    prepared.succession(oldKeys, new ValkeyTranscripts(cache, group)),
                    Queries.NONE,
                    casing.around(couriers.around(new ValkeyWriter(cache, group, leadership::epoch))),
                    edges.purger(),
                    casing.around(new ValkeyCheckpoints(cache, group, leadership::epoch)),
                    new ValkeySentPositions(cache, group),
                    new ValkeyDeadLetters(cache, group),
                    leadership,
                    prepared.onGap(),
                    PipelineListener.all(List.of(
                            new PipelineMetrics(registry), health, new PipelineLog(), new FirstChange(out), pulse)),
                    Clock.systemUTC());
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
