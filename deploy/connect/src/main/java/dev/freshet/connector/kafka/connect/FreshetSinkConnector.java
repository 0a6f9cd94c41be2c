package dev.freshet.connector.kafka.connect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
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

    /** A position that Freshet has not stored is never gone on from: its partition is read from its beginning, which is right at any time. */
    @Override
    public boolean alterOffsets(Map<String, String> properties, Map<TopicPartition, Long> offsets) {
        return true;
    }
}
