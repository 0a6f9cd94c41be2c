package dev.freshet.connector.kafka.connect;

import dev.freshet.assembly.Target;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.ValkeyCheckpoints;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;

/** Keeps caches true by what topics hold that Debezium fills. */
public final class FreshetSinkConnector extends SinkConnector {
    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return PluginVersion.text();
    }

    @Override
    public ConfigDef config() {
        return SinkDefinition.ALL;
    }

    /** Every problem at the property that it is of. */
    @Override
    public Config validate(Map<String, String> properties) {
        Map<String, ConfigValue> values = new HashMap<>();
        SinkDefinition.ALL.validate(properties).forEach(value -> values.put(value.name(), value));
        SinkProperties.problems(properties)
                .forEach(problem -> values.computeIfAbsent(problem.property(), ConfigValue::new)
                        .addErrorMessage(problem.text()));
        return new Config(List.copyOf(values.values()));
    }

    @Override
    public void start(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return FreshetSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasks) {
        return IntStream.range(0, tasks).mapToObj(this::task).toList();
    }

    private Map<String, String> task(int number) {
        Map<String, String> task = new HashMap<>(properties);
        task.put(SinkProperties.TASK, Integer.toString(number));
        return task;
    }

    @Override
    public void stop() {}

    /**
     * A position that Freshet has not stored is not gone on from, and rows of other partitions may belong to what is read again: so everything
     * is, by all tasks, as after {@code freshet resync}.
     */
    @Override
    public boolean alterOffsets(Map<String, String> properties, Map<TopicPartition, Long> offsets) {
        SinkProperties.Sound sound = SinkProperties.read(properties)
                .sound()
                .orElseThrow(() -> new ConnectException("the connector's configuration is wrong; validate it"));
        ValkeyTarget target =
                Target.of(sound.settings().cache(), sound.settings().fence());
        try (ValkeyConnection cache = new ValkeyConnection(target)) {
            new ValkeyCheckpoints(cache, new TaskIdentity(properties).group(), () -> 0)
                    .ask(new ResyncRequest(UUID.randomUUID().toString()));
        } catch (TargetAwayException e) {
            throw new ConnectException(
                    "offsets are altered where everything is read again, and the cache cannot be asked for that: "
                            + e.getMessage());
        }
        return true;
    }
}
