package dev.freshet.connector.kafka.connect;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** One member of the group that a connector's tasks are. */
public final class FreshetSinkTask extends SinkTask {
    private Optional<RunningTask> running = Optional.empty();

    @Override
    public String version() {
        return PluginVersion.text();
    }

    @Override
    public void start(Map<String, String> properties) {
        SinkProperties.Read read = SinkProperties.read(properties);
        SinkProperties.Sound sound = read.sound()
                .orElseThrow(() -> new ConnectException(
                        read.problems().isEmpty()
                                ? SinkProperties.RULES + ", " + SinkProperties.CACHE_URL + " and "
                                        + SinkProperties.BROKERS + " are required"
                                : String.join(
                                        "\n",
                                        read.problems().stream()
                                                .map(each -> each.property() + ": " + each.text())
                                                .toList())));
        running = Optional.of(new RunningTask(new TaskIdentity(properties), sound, context));
    }

    private RunningTask running() {
        return running.orElseThrow(() -> new IllegalStateException("the task was not started"));
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        running().intake().open(partitions);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        running().attend();
        running().intake().put(records);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> read) {
        return running().intake().positions(read);
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        running().intake().close(partitions);
    }

    @Override
    public void stop() {
        running.ifPresent(RunningTask::close);
        running = Optional.empty();
    }
}
