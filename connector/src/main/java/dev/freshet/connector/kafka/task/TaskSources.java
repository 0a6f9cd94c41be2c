package dev.freshet.connector.kafka.task;

import dev.freshet.connector.kafka.broker.Cluster;
import dev.freshet.connector.kafka.broker.Subscription;
import dev.freshet.pipeline.GroupSource;
import dev.freshet.pipeline.GroupSources;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.Term;
import dev.freshet.pipeline.Topics;
import java.util.Optional;

/** Sources for a task's pipeline, one a term; {@link Intake} feeds the one that is open. */
public final class TaskSources implements GroupSources {
    private final Cluster cluster;
    private final Subscription topics;
    private volatile Optional<TaskSource> last = Optional.empty();

    public TaskSources(Cluster cluster, Subscription topics) {
        this.cluster = cluster;
        this.topics = topics;
    }

    @Override
    public Topics topics() throws SourceLostException, InterruptedException {
        return cluster.topics(topics);
    }

    @Override
    public GroupSource open(Term term) {
        TaskSource source = new TaskSource(term);
        last = Optional.of(source);
        return source;
    }

    /** The one that shares are taken from. */
    Optional<TaskSource> open() {
        return last.filter(source -> !source.isClosed());
    }
}
