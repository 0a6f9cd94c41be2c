package dev.freshet.observe;

import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.write.EdgeListener;
import dev.freshet.write.LaneName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells several, one after the other. */
public record EdgeListeners(List<EdgeListener> listeners) implements EdgeListener {
    public EdgeListeners {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void called(EdgeName edge, Edge.Kind kind, int names, Outcome outcome, Duration took) {
        listeners.forEach(listener -> listener.called(edge, kind, names, outcome, took));
    }

    @Override
    public void purged(EdgeName edge, List<Instant> committed, Instant at) {
        listeners.forEach(listener -> listener.purged(edge, committed, at));
    }

    @Override
    public void escalated(EdgeName edge, RuleName rule, int names) {
        listeners.forEach(listener -> listener.escalated(edge, rule, names));
    }

    @Override
    public void away(LaneName lane, String reason, int attempt) {
        listeners.forEach(listener -> listener.away(lane, reason, attempt));
    }

    @Override
    public void back(LaneName lane) {
        listeners.forEach(listener -> listener.back(lane));
    }

    @Override
    public void behind(EdgeName edge, int waiting) {
        listeners.forEach(listener -> listener.behind(edge, waiting));
    }

    @Override
    public void leftOut(EdgeName edge) {
        listeners.forEach(listener -> listener.leftOut(edge));
    }

    @Override
    public void missed(EdgeName edge, boolean isPurged) {
        listeners.forEach(listener -> listener.missed(edge, isPurged));
    }

    @Override
    public void unseen(int purges) {
        listeners.forEach(listener -> listener.unseen(purges));
    }

    @Override
    public void died(String thread, Throwable cause) {
        listeners.forEach(listener -> listener.died(thread, cause));
    }

    @Override
    public void unknown(LaneName lane, int purges) {
        listeners.forEach(listener -> listener.unknown(lane, purges));
    }

    @Override
    public void lost(LaneName lane, boolean isPurged) {
        listeners.forEach(listener -> listener.lost(lane, isPurged));
    }

    @Override
    public void storeAway(String reason, int attempt) {
        listeners.forEach(listener -> listener.storeAway(reason, attempt));
    }
}
