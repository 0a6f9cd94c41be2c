package dev.freshet.servers.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class KafkaBrokerTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private KafkaBroker broker;

    @BeforeAll
    void start() {
        broker = KafkaBroker.open();
    }

    @AfterAll
    void close() {
        broker.close();
    }

    @Test
    void takesRecordsAndGivesThemBackInOrder() {
        var topic = broker.createTopic("order", 1);

        topic.send("a", "first");
        topic.send("a", "second");
        topic.send("a", null);

        assertThat(topic.values()).containsExactly("first", "second", null);
    }

    @Test
    void makesTopicsAsTheyWereAskedFor() {
        var topic = broker.createTopic("compact", 3, Map.of("cleanup.policy", "compact"));

        assertThat(topic.partitions()).hasSize(3);
        assertThat(topic.setting("cleanup.policy")).isEqualTo("compact");
    }

    @Test
    void forgetsADeletedTopic() {
        var topic = broker.createTopic("deleted", 1);

        broker.deleteTopic("deleted");

        eventually(SOON, () -> assertThatThrownBy(topic::records).isInstanceOf(UnknownTopicOrPartitionException.class));
    }

    @Test
    void keepsItsAddressAndItsRecordsWhenItIsKilled() {
        var topic = broker.createTopic("kept", 1);
        topic.send("a", "before");
        var address = broker.bootstrap();

        broker.kill();
        assertThat(broker.isRunning()).isFalse();
        broker.start();

        assertThat(broker.bootstrap()).isEqualTo(address);
        topic.send("a", "after");
        assertThat(topic.values()).containsExactly("before", "after");
    }

    @Test
    void answersNobodyWhileItIsPaused() {
        var topic = broker.createTopic("paused", 1);

        broker.pause();
        try (var admin = broker.admin()) {
            var nodes = admin.describeCluster(new DescribeClusterOptions().timeoutMs(1000))
                    .nodes();
            assertThatThrownBy(() -> KafkaBroker.get(nodes)).isInstanceOf(TimeoutException.class);
        } finally {
            broker.resume();
        }

        topic.send("a", "b");
        assertThat(topic.values()).containsExactly("b");
    }
}
