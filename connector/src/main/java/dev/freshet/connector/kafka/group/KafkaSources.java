package dev.freshet.connector.kafka.group;

import dev.freshet.connector.kafka.broker.Broker;
import dev.freshet.connector.kafka.broker.Cluster;
import dev.freshet.pipeline.GroupSource;
import dev.freshet.pipeline.GroupSources;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.Term;
import dev.freshet.pipeline.Topics;
import dev.freshet.pipeline.WrittenBefore;
import java.time.InstantSource;
import org.apache.kafka.common.KafkaException;

/** Joins the group, again and again where it must. Used by one thread. */
public final class KafkaSources implements GroupSources {
    private final GroupSettings settings;
    private final Cluster cluster;
    private final WrittenBefore writtenBefore;
    private final InstantSource clock;

    /**
     * Joins nothing yet.
     *
     * @param cluster of the topics; outlives this
     * @param writtenBefore used by the threads of sources alone
     */
    public KafkaSources(GroupSettings settings, Cluster cluster, WrittenBefore writtenBefore, InstantSource clock) {
        this.settings = settings;
        this.cluster = cluster;
        this.writtenBefore = writtenBefore;
        this.clock = clock;
    }

    @Override
    public Topics topics() throws SourceLostException, InterruptedException {
        return cluster.topics(settings.topics());
    }

    @Override
    public GroupSource open(Term term) throws SourceLostException {
        try {
            return new KafkaSource(settings, term, writtenBefore, clock);
        } catch (KafkaException e) {
            throw new SourceLostException(Broker.reason(e), e);
        }
    }
}
