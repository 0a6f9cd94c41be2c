package dev.freshet.pipeline;

import dev.freshet.change.Version;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.checkpoint.TranscriptStore;
import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Planner;
import dev.freshet.rules.NotATranscriptException;
import dev.freshet.rules.Transcript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules in force, which came after others. Of the entries that only those made no row of the new rules would ever remove
 * one, so the target keeps the rules of every entry that may be in it.
 *
 * <p>Where a source begins anew, what the earlier rules put is swept first, and what the rules in force invalidate; then
 * these are kept in the place of the others. What the rules in force put stays until the snapshot was read, see {@link Resync}. Where it goes on they are kept beside the others, whose entries may not be swept
 * in the middle of a stream. Either way one save does it, and nothing is written under the rules in force before.
 *
 * <p>So the kept rules are always those of all entries: none come before their rules are kept, none are left when those go. If
 * the process dies before the save, the earlier ones are all kept still, and no checkpoint says that others were applied: the
 * next source begins anew, under whichever rules, and sweeps again.
 */
public final class Succession {
    private static final Version ANY_VERSION = new Version(0, 0, 0, 0);

    private final Planner planner;
    private final Transcript transcript;
    private final EarlierRules earlier;
    private final TranscriptStore store;

    /**
     * Of rules in force.
     *
     * @param planner by them
     * @param transcript of them
     * @param earlier reads those of others
     * @param store keeps them
     */
    public Succession(Planner planner, Transcript transcript, EarlierRules earlier, TranscriptStore store) {
        this.planner = planner;
        this.transcript = transcript;
        this.earlier = earlier;
        this.store = store;
    }

    Planner planner() {
        return planner;
    }

    /** Rules that are not in force. */
    private sealed interface Other {
        Transcript transcript();

        record Read(Transcript transcript, Planner planner) implements Other {}

        record Unread(Transcript transcript, String reason) implements Other {}
    }

    /**
     * Returns when the target is as the rules in force may find it.
     *
     * @param lead claimed already
     * @param anew as of the source
     * @param delivery to the target
     */
    void begin(Lead lead, Optional<Version> anew, Instant at, Delivery delivery, PipelineListener listener)
            throws StandDownException, InterruptedException {
        List<Transcript> kept = delivery.insist(store::load);
        List<Other> others = others(kept);
        List<Transcript> next = new ArrayList<>();
        if (anew.isPresent()) {
            delivery.deliver(sweeps(others, anew.get(), at, listener));
        } else {
            others.forEach(other -> next.add(other.transcript()));
        }
        next.add(transcript);
        if (!kept.equals(next)) {
            delivery.insist(() -> {
                store.save(lead, next);
                return next;
            });
        }
    }

    /** Those that may have made entries which the rules in force do not make as well. */
    private List<Other> others(List<Transcript> kept) {
        Set<Operation> own = Set.copyOf(planner.forgetPuts(ANY_VERSION, Instant.EPOCH));
        List<Other> others = new ArrayList<>();
        for (Transcript each : new LinkedHashSet<>(kept)) {
            if (!each.equals(transcript)) {
                Other other = read(each);
                boolean covered = other instanceof Other.Read(Transcript text, Planner before)
                        && own.containsAll(before.forgetPuts(ANY_VERSION, Instant.EPOCH));
                if (!covered) {
                    others.add(other);
                }
            }
        }
        return others;
    }

    private Other read(Transcript each) {
        try {
            return new Other.Read(each, earlier.read(each));
        } catch (NotATranscriptException e) {
            return new Other.Unread(each, String.valueOf(e.getMessage()));
        }
    }

    /** The earlier rules' first: an entry that was of another form then is gone before parts of it are looked for. */
    private List<Operation> sweeps(List<Other> others, Version version, Instant at, PipelineListener listener) {
        Set<Operation> sweeps = new LinkedHashSet<>();
        for (Other other : others) {
            switch (other) {
                case Other.Read(Transcript text, Planner before) -> sweeps.addAll(before.forgetPuts(version, at));
                case Other.Unread(Transcript text, String reason) -> listener.rulesUnread(reason);
            }
        }
        sweeps.addAll(planner.forgetFills(version, at));
        return List.copyOf(sweeps);
    }
}
