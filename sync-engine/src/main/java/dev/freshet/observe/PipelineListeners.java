package dev.freshet.observe;

import dev.freshet.change.Change;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Passes everything on, in order. */
record PipelineListeners(List<PipelineListener> listeners) implements PipelineListener {
    @Override
    public void sourceOpened(boolean anew) {
        listeners.forEach(listener -> listener.sourceOpened(anew));
    }

    @Override
    public void sourceLost(String reason, int attempt) {
        listeners.forEach(listener -> listener.sourceLost(reason, attempt));
    }

    @Override
    public void decisionNeeded(String reason) {
        listeners.forEach(listener -> listener.decisionNeeded(reason));
    }

    @Override
    public void resyncAsked() {
        listeners.forEach(PipelineListener::resyncAsked);
    }

    @Override
    public void taken(List<Change> changes) {
        listeners.forEach(listener -> listener.taken(changes));
    }

    @Override
    public void targetWentBack() {
        listeners.forEach(PipelineListener::targetWentBack);
    }

    @Override
    public void altered(Change.Altered altered) {
        listeners.forEach(listener -> listener.altered(altered));
    }

    @Override
    public void rulesUnread(String reason) {
        listeners.forEach(listener -> listener.rulesUnread(reason));
    }

    @Override
    public void sweepBegun() {
        listeners.forEach(PipelineListener::sweepBegun);
    }

    @Override
    public void swept() {
        listeners.forEach(PipelineListener::swept);
    }

    @Override
    public void setAside(DeadLetter letter) {
        listeners.forEach(listener -> listener.setAside(letter));
    }

    @Override
    public void written(List<Operation> operations, List<WriteResult> results, Instant at) {
        listeners.forEach(listener -> listener.written(operations, results, at));
    }

    @Override
    public void targetAway(String reason, int attempt) {
        listeners.forEach(listener -> listener.targetAway(reason, attempt));
    }

    @Override
    public void targetBack() {
        listeners.forEach(PipelineListener::targetBack);
    }

    @Override
    public void asked(int questions, Duration took) {
        listeners.forEach(listener -> listener.asked(questions, took));
    }

    @Override
    public void databaseAway(String reason, int attempt) {
        listeners.forEach(listener -> listener.databaseAway(reason, attempt));
    }

    @Override
    public void databaseBack() {
        listeners.forEach(PipelineListener::databaseBack);
    }

    @Override
    public void applied(List<Change> changes, Instant at) {
        listeners.forEach(listener -> listener.applied(changes, at));
    }

    @Override
    public void finished() {
        listeners.forEach(PipelineListener::finished);
    }

    @Override
    public void edgesWantAgain() {
        listeners.forEach(PipelineListener::edgesWantAgain);
    }

    @Override
    public void checkpointed(Checkpoint checkpoint) {
        listeners.forEach(listener -> listener.checkpointed(checkpoint));
    }
}
