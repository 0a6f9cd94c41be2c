package dev.freshet.sidecar.command;

import dev.freshet.assembly.Audience;
import dev.freshet.assembly.Casing;
import dev.freshet.assembly.Couriers;
import dev.freshet.assembly.Edges;
import dev.freshet.assembly.watch.PipelinePulse;
import dev.freshet.assembly.watch.Watchdog;
import dev.freshet.connector.debezium.PostgresSettings;
import dev.freshet.connector.debezium.PostgresSourceOpener;
import dev.freshet.connector.debezium.SlotWatch;
import dev.freshet.connector.query.PostgresQueries;
import dev.freshet.connector.visibility.PostgresSight;
import dev.freshet.observe.PipelineListener;
import dev.freshet.observe.PipelineLog;
import dev.freshet.observe.PipelineMetrics;
import dev.freshet.pipeline.Leadership;
import dev.freshet.pipeline.Pipeline;
import dev.freshet.plan.OldKeys;
import dev.freshet.settings.AdminSettings;
import dev.freshet.sidecar.admin.AdminServer;
import dev.freshet.sidecar.admin.Health;
import dev.freshet.sidecar.admin.SlotMonitor;
import dev.freshet.write.valkey.ValkeyCheckpoints;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyDeadLetters;
import dev.freshet.write.valkey.ValkeyForms;
import dev.freshet.write.valkey.ValkeyLead;
import dev.freshet.write.valkey.ValkeySent;
import dev.freshet.write.valkey.ValkeyTranscripts;
import dev.freshet.write.valkey.ValkeyWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ExitCode;

/** A running sidecar: every part put together, and taken apart again in the opposite order. */
final class Sidecar {
    private static final long TO_STOP_SECONDS = 30;

    private final Preparation prepared;
    private final OldKeys oldKeys;
    private final Casing casing;
    private final PrintWriter out;

    Sidecar(Preparation prepared, OldKeys oldKeys, Casing casing, PrintWriter out) {
        this.prepared = prepared;
        this.oldKeys = oldKeys;
        this.casing = casing;
        this.out = out;
    }

    /** Runs until the process is asked to end. */
    void run() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        Health health = Health.ofSlot();
        PostgresSettings source = prepared.sourceSettings();
        PostgresSourceOpener sources = new PostgresSourceOpener(prepared.database(), source, Clock.systemUTC());
        SlotWatch watch = new SlotWatch(source, sources, prepared.slotLimit());
        PipelinePulse pulse = new PipelinePulse();
        try (AdminServer admin = admin(listen(), health, registry);
                SlotMonitor monitor = new SlotMonitor(watch, health, registry);
                Watchdog watchdog = new Watchdog(pulse, prepared.pipelinePatience(), registry, Sidecar::endAtOnce);
                PostgresQueries queries = prepared.queries(pulse::beat);
                Edges edges = edges(registry);
                ValkeyConnection cache = new ValkeyConnection(prepared.target(), pulse::beat);
                Couriers couriers = Couriers.of(Audience.of(prepared.settings()), cache, pulse::beat)) {
            Leadership leadership = new Leadership(
                    new ValkeyLead(cache, source.slot()), prepared.target().patience(), System::nanoTime);
            Pipeline pipeline = new Pipeline(
                    casing.around(sources),
                    prepared.succession(oldKeys, new ValkeyTranscripts(cache, source.slot())),
                    casing.around(queries),
                    casing.around(couriers.around(new ValkeyWriter(cache, source.slot(), leadership::epoch))),
                    edges.purger(),
                    casing.around(new ValkeyCheckpoints(cache, source.slot(), leadership::epoch)),
                    new ValkeySent(cache, source.slot()),
                    new ValkeyForms(cache, source.slot()),
                    new ValkeyDeadLetters(cache, source.slot()),
                    leadership,
                    prepared.target().patience(),
                    PipelineListener.all(List.of(
                            new PipelineMetrics(registry), health, new PipelineLog(), new FirstChange(out), pulse)),
                    Clock.systemUTC());
            health.look(edges.states());
            out.printf("health and metrics at http://%s:%d%n", listen().host(), admin.port());
            out.flush();
            runUntilAskedToEnd(pipeline, () -> {});
        }
    }

    private Edges edges(MeterRegistry registry) {
        if (prepared.rules().edges().isEmpty()) {
            return Edges.NONE;
        }
        PostgresSight sight = prepared.database().sight();
        return Edges.of(
                prepared.rules().edges(),
                prepared.target(),
                prepared.source().pipeline(),
                sight::shows,
                List.of(sight),
                registry,
                Sidecar::endAtOnce);
    }

    /** Nothing is taken apart: a part of it hangs. */
    static void endAtOnce() {
        Runtime.getRuntime().halt(ExitCode.SOFTWARE);
    }

    private AdminSettings.Listen listen() {
        return prepared.settings().admin().listen();
    }

    /** @throws CommandFailedException where it cannot listen there */
    static AdminServer admin(AdminSettings.Listen listen, Health health, PrometheusMeterRegistry registry) {
        try {
            return new AdminServer(new InetSocketAddress(listen.host(), listen.port()), health, registry);
        } catch (IOException e) {
            throw CommandFailedException.failed("admin.listen: " + listen.host() + ":" + listen.port()
                    + " cannot be used (" + e.getMessage() + "): choose another port, or 0 for a free one");
        }
    }

    /**
     * A signal asks the pipeline to stop and waits for the orderly end, so that the slot is let go; {@code lastly} runs before
     * it. The process then ends with 0: it was asked to, and the signal's own code would look like a failure.
     */
    static void runUntilAskedToEnd(Pipeline pipeline, Runnable lastly) {
        runUntilAskedToEnd(
                pipeline::stop,
                () -> {
                    Thread.currentThread().setName("freshet-pipeline");
                    pipeline.run();
                },
                lastly);
    }

    /** The same for other work; {@code stop}, from any thread, makes it end soon. */
    static void runUntilAskedToEnd(Runnable stop, Runnable work, Runnable lastly) {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Thread hook = new Thread(
                () -> {
                    stop.run();
                    Runtime.getRuntime()
                            .halt(ended.completeOnTimeout(ExitCode.SOFTWARE, TO_STOP_SECONDS, TimeUnit.SECONDS)
                                    .join());
                },
                "freshet-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        int code = ExitCode.SOFTWARE;
        try {
            work.run();
            code = ExitCode.OK;
        } finally {
            lastly.run();
            ended.complete(code);
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs, and ends the process.
        }
    }
}
