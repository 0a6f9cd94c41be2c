package dev.freshet.servers.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class SecuredBrokerTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final KafkaUser SHOP = new KafkaUser("shop", "open sesame");

    private KafkaBroker broker;

    @BeforeAll
    void start() {
        broker = KafkaBroker.secured(SHOP);
    }

    @AfterAll
    void close() {
        broker.close();
    }

    @Test
    void letsItsAdministratorDoEverything() {
        var topic = broker.createTopic("everything", 1);

        topic.send("a", "b");

        assertThat(topic.values()).containsExactly("b");
    }

    @Test
    void refusesAWrongPassword() {
        broker.createTopic("guessed", 1);

        assertThatThrownBy(() -> look(SHOP.withPassword("guess"), "guessed"))
                .isInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void refusesAUserWhatNobodyAllowed() {
        broker.createTopic("closed", 1);

        assertThatThrownBy(() -> look(SHOP, "closed")).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void letsAUserDoWhatItIsAllowedTo() {
        broker.createTopic("allowed", 1);

        broker.allow(SHOP, AclOperation.READ, ResourceType.TOPIC, "allowed");
        eventually(SOON, () -> look(SHOP, "allowed"));

        broker.forbid(SHOP, AclOperation.READ, ResourceType.TOPIC, "allowed");
        eventually(
                SOON,
                () -> assertThatThrownBy(() -> look(SHOP, "allowed")).isInstanceOf(TopicAuthorizationException.class));
    }

    @Test
    void letsAWorkerInThatIsStartedWithIt() {
        try (var worker = ConnectWorker.of(broker)) {
            assertThat(worker.rest().plugins()).isNotEmpty();
        }
    }

    private void look(KafkaUser user, String topic) {
        try (var admin = Admin.create(Map.<String, Object>copyOf(broker.clients(user)))) {
            KafkaBroker.get(admin.describeTopics(List.of(topic)).allTopicNames());
        }
    }
}
