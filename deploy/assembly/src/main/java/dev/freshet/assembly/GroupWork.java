package dev.freshet.assembly;

import dev.freshet.deadletter.DeadLetterStore;
import dev.freshet.observe.PipelineListener;
import dev.freshet.pipeline.GroupPipeline;
import dev.freshet.pipeline.GroupSources;
import dev.freshet.pipeline.Leadership;
import dev.freshet.pipeline.OnGap;
import dev.freshet.pipeline.Queries;
import dev.freshet.pipeline.WrittenBefore;
import dev.freshet.plan.OldKeys;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.write.valkey.ValkeyCheckpoints;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyDeadLetters;
import dev.freshet.write.valkey.ValkeyLead;
import dev.freshet.write.valkey.ValkeySentPositions;
import dev.freshet.write.valkey.ValkeyTarget;
import dev.freshet.write.valkey.ValkeyTranscripts;
import dev.freshet.write.valkey.ValkeyWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A member of a group, put together but for where its records come from. It is closed when its pipeline has ended. */
public final class GroupWork implements AutoCloseable {
    private final Member member;
    private final Edges edges;
    private final ValkeyConnection beside;
    private final ValkeyConnection cache;
    private final Couriers couriers;

    /**
     * What a member is.
     *
     * @param group its name; also tells Freshet's own keys in the target from another group's
     * @param loaded its rules
     * @param catalog the tables, as far as they are known
     * @param audience is told what it writes
     */
    public record Member(
            String group,
            ValkeyTarget target,
            Loading.Loaded<?> loaded,
            Catalog catalog,
            OldKeys oldKeys,
            OnGap onGap,
            Audience audience) {}

    /**
     * Opens connections, which wait for the target where it is away.
     *
     * @param whenOneDies is run where a thread of an edge died of a mistake
     * @param beat is run whenever the target, or a broker that is told, has answered
     */
    public GroupWork(Member member, MeterRegistry registry, Runnable whenOneDies, Runnable beat) {
        this.member = member;
        List<Edge> purged = member.loaded().rules().edges();
        // Where there is no database to ask, whoever wrote a change elsewhere has seen it.
        this.edges = purged.isEmpty()
                ? Edges.NONE
                : Edges.of(purged, member.target(), member.group(), all -> true, List.of(), registry, whenOneDies);
        this.beside = new ValkeyConnection(member.target());
        this.cache = new ValkeyConnection(member.target(), beat);
        this.couriers = Couriers.of(member.audience(), cache, beat);
    }

    public Edges edges() {
        return edges;
    }

    /**
     * Its pipeline, to be asked for once.
     *
     * @param sources made with what tells how far partitions were written
     * @param letters around the store of dead letters
     */
    public GroupPipeline pipeline(
            Function<WrittenBefore, GroupSources> sources,
            UnaryOperator<DeadLetterStore> letters,
            Casing casing,
            PipelineListener listener) {
        String group = member.group();
        Leadership leadership =
                new Leadership(new ValkeyLead(cache, group), member.target().patience(), System::nanoTime);
        return new GroupPipeline(
                sources.apply(new WrittenBefore(new ValkeySentPositions(beside, group))),
                RulesInForce.of(
                        member.loaded(), member.catalog(), member.oldKeys(), new ValkeyTranscripts(cache, group)),
                Queries.NONE,
                casing.around(couriers.around(new ValkeyWriter(cache, group, leadership::epoch))),
                edges.purger(),
                casing.around(new ValkeyCheckpoints(cache, group, leadership::epoch)),
                new ValkeySentPositions(cache, group),
                letters.apply(new ValkeyDeadLetters(cache, group)),
                leadership,
                member.onGap(),
                listener,
                Clock.systemUTC());
    }

    /** Closes each of them, whichever fails. */
    @Override
    public void close() {
        try (edges;
                beside;
                cache;
                couriers) {
            // In the opposite order.
        }
    }
}
