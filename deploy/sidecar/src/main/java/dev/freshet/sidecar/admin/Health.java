package dev.freshet.sidecar.admin;

import dev.freshet.change.Change;
import dev.freshet.connector.debezium.SlotWatch;
import dev.freshet.observe.PipelineListener;
import dev.freshet.write.EdgeStates;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Whether the pipeline streams, and if not, why. Written by the pipeline's and the watch's thread, read by any. */
public final class Health implements PipelineListener {
    private volatile String source = "opening";
    private volatile String target = "up";
    private volatile String queries = "up";
    private final SlotWatch.Look atFirst;
    private volatile SlotWatch.Look slot;
    private volatile Supplier<EdgeStates> edges = () -> EdgeStates.NONE;

    /**
     * One look at it.
     *
     * @param ready whether changes flow from the database to the cache
     * @param source {@code streaming}, {@code snapshot}, {@code opening} or the reason of the last loss
     * @param target {@code up} or the reason why it is not
     * @param queries {@code up} or the reason why the database does not answer what rules ask
     * @param lagBytes how much log was written that the slot has not confirmed; empty where nobody can tell
     * @param retainedBytes how much log the database keeps for the slot; empty where nobody can tell
     * @param isAboveMaxLag whether that is more than it may be
     * @param edges each of them; the cache does not wait for any, so {@code ready} does not speak of them
     */
    public record Status(
            boolean ready,
            String source,
            String target,
            String queries,
            OptionalLong lagBytes,
            OptionalLong retainedBytes,
            boolean isAboveMaxLag,
            EdgeStates edges) {}

    private Health(SlotWatch.Look atFirst) {
        this.atFirst = atFirst;
        this.slot = atFirst;
    }

    /** Of a source whose slot is looked at. */
    public static Health ofSlot() {
        return new Health(SlotWatch.Look.NOTHING);
    }

    /** Of a source that has none: it streams as soon as it is open. */
    public static Health withoutSlot() {
        return new Health(SlotWatch.Look.WITHOUT_SLOT);
    }

    public Status status() {
        SlotWatch.Look look = slot;
        String state = source;
        boolean open = state.equals("open");
        boolean ready = open && look.streaming() && target.equals("up") && queries.equals("up");
        String told = open ? (look.streaming() ? "streaming" : "snapshot") : state;
        return new Status(
                ready, told, target, queries, look.lagBytes(), look.retainedBytes(), look.isAboveLimit(), edges.get());
    }

    /** Looks at edges whenever somebody asks. */
    public void look(Supplier<EdgeStates> at) {
        edges = at;
    }

    void looked(SlotWatch.Look look) {
        slot = look;
    }

    @Override
    public void sourceOpened(boolean anew) {
        slot = atFirst;
        source = "open";
    }

    @Override
    public void sourceLost(String reason, int attempt) {
        source = "lost: " + reason;
    }

    @Override
    public void resyncAsked() {
        source = "opening";
    }

    @Override
    public void targetAway(String reason, int attempt) {
        target = "away: " + reason;
    }

    @Override
    public void targetBack() {
        target = "up";
    }

    @Override
    public void databaseAway(String reason, int attempt) {
        queries = "away: " + reason;
    }

    @Override
    public void databaseBack() {
        queries = "up";
    }

    @Override
    public void applied(List<Change> changes, Instant at) {
        target = "up";
        queries = "up";
    }
}
