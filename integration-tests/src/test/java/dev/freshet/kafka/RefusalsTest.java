package dev.freshet.kafka;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.Servers;
import dev.freshet.servers.kafka.KafkaBroker;
import dev.freshet.servers.kafka.KafkaUser;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads where a broker lets a member not do its work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class RefusalsTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final KafkaUser SHOP = new KafkaUser("shop", "open sesame");

    @TempDir
    private static Path folder;

    private KafkaBroker broker;
    private CacheServer cache;

    @BeforeAll
    void start() {
        broker = KafkaBroker.secured(SHOP);
        cache = Servers.chosen().cache();
        broker.createTopic("shop.product", 1);
    }

    @AfterAll
    void stop() {
        cache.close();
        broker.close();
    }

    private String lost(KafkaUser user, String group) {
        GroupFile file =
                new GroupFile(folder, cache, broker.clients(user), "group: " + group + ", topics: [shop.product]");
        try (FreshetProcess member = file.start()) {
            String line = member.awaitLine("source lost", SOON);
            assertThat(member.isAlive()).isTrue();
            return line;
        }
    }

    @Test
    void aWrongPasswordIsToldOf() {
        assertThat(lost(SHOP.withPassword("guess"), "a"))
                .contains("Authentication failed")
                .doesNotContain("guess");
    }

    @Test
    void aTopicThatMayNotBeReadIsToldOf() {
        assertThat(lost(SHOP, "b")).contains("Topic authorization failed").contains("shop.product");
    }

    @Test
    void aTopicThatMayNotBeWrittenIsToldOfAndWaitedFor() {
        broker.createTopic("entries", 1);
        broker.createTopic("shop.told", 1);
        broker.allow(SHOP, AclOperation.READ, ResourceType.TOPIC, "shop.told");
        broker.allow(SHOP, AclOperation.READ, ResourceType.GROUP, "d");
        GroupFile file = new GroupFile(folder, cache, broker.clients(SHOP), "group: d, topics: [shop.told]")
                .with("announce: {topic: entries}");
        try (ProductTopic product = new ProductTopic(broker, "shop.told");
                FreshetProcess member = file.start()) {
            product.price(1, 1);
            product.flush();
            assertThat(member.awaitLine("the broker takes no messages", SOON))
                    .contains("Not authorized to access topics: [entries]");
            broker.allow(SHOP, AclOperation.WRITE, ResourceType.TOPIC, "entries");
            eventually(
                    SOON,
                    () -> assertThat(broker.topic("entries").values())
                            .last(STRING)
                            .contains("\"key\":\"product:1\""));
            assertThat(member.isAlive()).isTrue();
        }
    }

    @Test
    void aGroupThatMayNotBeJoinedIsToldOf() {
        broker.allow(SHOP, AclOperation.READ, ResourceType.TOPIC, "shop.product");
        try {
            assertThat(lost(SHOP, "c")).contains("Not authorized to access group: c");
        } finally {
            broker.forbid(SHOP, AclOperation.READ, ResourceType.TOPIC, "shop.product");
        }
    }
}
