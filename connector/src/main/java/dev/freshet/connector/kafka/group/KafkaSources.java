package dev.freshet.connector.kafka.group;

import dev.freshet.pipeline.GroupSource;
import dev.freshet.pipeline.GroupSources;
import dev.freshet.pipeline.SourceLostException;
import dev.freshet.pipeline.Term;
import dev.freshet.pipeline.Topics;
import dev.freshet.pipeline.WrittenBefore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** Joins the group, again and again where it must. Used by one thread. */
public final class KafkaSources implements GroupSources {
    private final GroupSettings settings;
    private final WrittenBefore writtenBefore;
    private final InstantSource clock;

    /** @param writtenBefore used by the threads of sources alone */
    public KafkaSources(GroupSettings settings, WrittenBefore writtenBefore, InstantSource clock) {
        this.settings = settings;
        this.writtenBefore = writtenBefore;
        this.clock = clock;
    }

    @Override
    public Topics topics() throws SourceLostException, InterruptedException {
        Properties properties = new Properties();
        properties.putAll(settings.client());
        try (Admin admin = Admin.create(properties)) {
            List<String> names = switch (settings.topics()) {
                case Subscription.Named(List<String> topics) -> topics;
                case Subscription.Matching matching ->
                    admin.listTopics().names().get().stream()
                            .filter(matching::has)
                            .toList();
            };
            return new Topics(ids(admin.describeTopics(names).topicNameValues()));
        } catch (ExecutionException e) {
            throw new SourceLostException(Broker.reason(e.getCause()), e);
        } catch (KafkaException e) {
            throw new SourceLostException(Broker.reason(e), e);
        }
    }

    private static Map<String, String> ids(Map<String, KafkaFuture<TopicDescription>> topics)
            throws SourceLostException, InterruptedException {
        Map<String, String> ids = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each : topics.entrySet()) {
            try {
                ids.put(each.getKey(), each.getValue().get().topicId().toString());
            } catch (ExecutionException e) {
                throw new SourceLostException("the topic " + each.getKey() + ": " + Broker.reason(e.getCause()), e);
            }
        }
        return ids;
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
