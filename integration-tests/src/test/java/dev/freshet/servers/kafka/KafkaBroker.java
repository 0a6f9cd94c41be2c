package dev.freshet.servers.kafka;

import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.local.ProcessServer;
import dev.freshet.servers.process.FreePort;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** One broker that is its own controller. Topics keep their records through a kill and a start. */
public final class KafkaBroker extends ProcessServer {
    private static final Duration TO_ANSWER = Duration.ofSeconds(30);

    private final Access access;
    private final ServerSettings settings;

    private KafkaBroker(Access access, ServerSettings settings) {
        super("kafka");
        this.access = access;
        this.settings = settings.over(access.broker()).over(defaults());
    }

    /** A broker that lets everybody do everything. */
    public static KafkaBroker open() {
        return open(ServerSettings.DEFAULT);
    }

    /** As {@link #open()}, with the broker's settings of these names. */
    public static KafkaBroker open(ServerSettings settings) {
        return create(new Access.Open(), settings);
    }

    /** A broker that asks for a password (SASL/PLAIN), and where these users may do what {@link #allow} says. */
    public static KafkaBroker secured(KafkaUser... users) {
        return create(new Access.Secured(List.of(users)), ServerSettings.DEFAULT);
    }

    private static KafkaBroker create(Access access, ServerSettings settings) {
        var broker = new KafkaBroker(access, settings);
        try {
            broker.format();
            broker.start();
            return broker;
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }

    private ServerSettings defaults() {
        int controller = FreePort.find();
        return new ServerSettings(new TreeMap<>(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@%s:%d".formatted(host(), controller)),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", Access.LISTENER),
                Map.entry(
                        "listeners",
                        "%s://%s,CONTROLLER://%s:%d".formatted(Access.LISTENER, bootstrap(), host(), controller)),
                Map.entry("log.dirs", process.directory().resolve("data").toString()),
                Map.entry("num.partitions", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.min.session.timeout.ms", "1000"),
                // A killed broker comes back only when the session of the one before has ended.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("controlled.shutdown.enable", "false"))));
    }

    private void format() {
        process.run(KafkaProgram.STORAGE_TOOL.command(
                process.directory(),
                "format",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                file().toString()));
    }

    private Path file() {
        var properties = new Properties();
        properties.putAll(settings.values());
        return KafkaProgram.write(properties, process.directory().resolve("server.properties"));
    }

    @Override
    public void start() {
        process.start(KafkaProgram.BROKER.command(process.directory(), file().toString()), this::answer);
    }

    private void answer() throws IOException {
        // A client that meets a closed port says so in the log, again and again.
        new Socket(host(), port()).close();
        try (var admin = admin()) {
            if (get(admin.describeCluster().nodes()).isEmpty()) {
                throw new AssertionError("the broker is not in its own cluster yet");
            }
        }
    }

    /** Where clients find it, {@code host:port}. */
    public String bootstrap() {
        return "%s:%d".formatted(host(), port());
    }

    /** What clients are configured with, the address among it, to be allowed everything. */
    public SequencedMap<String, String> clients() {
        return clients(access.administrator());
    }

    /** What clients of this user are configured with, the address among it. */
    public SequencedMap<String, String> clients(KafkaUser user) {
        return clients(user.login());
    }

    private SequencedMap<String, String> clients(Map<String, String> login) {
        var all = new TreeMap<>(login);
        all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
        return Collections.unmodifiableSequencedMap(all);
    }

    /** A client that may do everything, for the caller to close. */
    public Admin admin() {
        return Admin.create(Map.<String, Object>copyOf(clients()));
    }

    public Topic createTopic(String name, int partitions) {
        return createTopic(name, partitions, Map.of());
    }

    /**
     * Creates a topic.
     *
     * @param config the topic's settings, {@code cleanup.policy: compact}
     */
    public Topic createTopic(String name, int partitions, Map<String, String> config) {
        try (var admin = admin()) {
            var topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(config);
            get(admin.createTopics(List.of(topic)).all());
        }
        return topic(name);
    }

    public void deleteTopic(String name) {
        try (var admin = admin()) {
            get(admin.deleteTopics(List.of(name)).all());
        }
    }

    /** A topic, whether it is there yet or not. */
    public Topic topic(String name) {
        return new Topic(this, name);
    }

    /**
     * Allows a user of a secured broker an operation.
     *
     * @param name of the topic or group; {@code *} for all
     */
    public void allow(KafkaUser user, AclOperation operation, ResourceType type, String name) {
        try (var admin = admin()) {
            get(admin.createAcls(List.of(allowed(user, operation, type, name))).all());
        }
    }

    /** Takes back what {@link #allow} gave. */
    public void forbid(KafkaUser user, AclOperation operation, ResourceType type, String name) {
        try (var admin = admin()) {
            var rules = List.of(allowed(user, operation, type, name).toFilter());
            get(admin.deleteAcls(rules).all());
        }
    }

    private static AclBinding allowed(KafkaUser user, AclOperation operation, ResourceType type, String name) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry(user.principal(), "*", operation, AclPermissionType.ALLOW));
    }

    /** Waits for what a client asked for, and throws what the broker says against it. */
    static <T> T get(Future<T> answer) {
        try {
            return answer.get(TO_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException said) {
                throw said;
            }
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within %s".formatted(TO_ANSWER), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the broker was to answer", e);
        }
    }

    /** What it has logged so far, over all its starts. */
    public String log() {
        return process.log();
    }
}
