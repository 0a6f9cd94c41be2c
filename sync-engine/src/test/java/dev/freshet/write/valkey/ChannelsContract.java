package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.message.Address;
import dev.freshet.message.Answer;
import dev.freshet.message.Message;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the courier of channels promises. */
abstract class ChannelsContract {
    private static final Answer TAKEN = new Answer.Taken();
    private static final ValkeyLimits TWO_A_CALL =
            new ValkeyLimits(2, 1_000, 1, 1_000, 10_000, Duration.ofSeconds(3), Duration.ofMillis(500));

    private final TestServer.Program program;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private TestServer server;
    private RedisClient client;

    @SuppressWarnings("NullAway.Init")
    ChannelsContract(TestServer.Program program) {
        this.program = program;
    }

    @BeforeEach
    void start() {
        server = TestServer.start(program);
        client = RedisClient.create(server.uri());
        StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub();
        subscriber.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                heard.add(channel + " " + message);
            }
        });
        subscriber.sync().subscribe("news", "secrets");
    }

    @AfterEach
    void stop() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        server.close();
    }

    private static ValkeyConnection connection(RedisURI uri) {
        return new ValkeyConnection(new ValkeyTarget(uri, "shop:", Duration.ofMinutes(1), TWO_A_CALL));
    }

    private static Message message(String channel, String text) {
        return new Message(new Address(channel, "key"), () -> text.getBytes(UTF_8), Map.of());
    }

    private List<String> heard(int messages) throws InterruptedException {
        List<String> all = new ArrayList<>();
        while (all.size() < messages) {
            String next = heard.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("behind " + all).isNotNull();
            all.add(String.valueOf(next));
        }
        return all;
    }

    @Test
    void listenersHearEverythingInItsOrder() throws Exception {
        List<Message> messages = IntStream.range(0, 101)
                .mapToObj(i -> message("news", Integer.toString(i)))
                .toList();
        try (ValkeyConnection connection = connection(server.uri())) {
            assertThat(new ChannelCourier(connection).send(messages))
                    .hasSize(101)
                    .containsOnly(TAKEN);
        }

        assertThat(heard(101))
                .isEqualTo(IntStream.range(0, 101).mapToObj(i -> "news " + i).toList());
    }

    @Test
    void nothingIsTakenWhileTheServerIsAway() throws Exception {
        server.kill();
        try (ValkeyConnection connection = connection(server.uri())) {
            assertThat(new ChannelCourier(connection).send(List.of(message("news", "a"), message("news", "b"))))
                    .hasSize(2)
                    .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.PutOff.class));
        }
    }

    @Test
    void whatAServerThatHangsDoesNotAnswerIsPutOff() throws Exception {
        try (ValkeyConnection connection = connection(server.uri())) {
            ChannelCourier courier = new ChannelCourier(connection);
            assertThat(courier.send(List.of(message("news", "a")))).containsExactly(TAKEN);
            server.freeze();

            List<Answer> answers =
                    courier.send(List.of(message("news", "b"), message("news", "c"), message("news", "d")));

            assertThat(answers)
                    .hasSize(3)
                    .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.PutOff.class));
            server.thaw();
            assertThat(courier.send(List.of(message("news", "b")))).containsExactly(TAKEN);
        }
    }

    @Test
    void aChannelThatMayNotBeToldIsWaitedForAndNothingGoesBehindIt() throws Exception {
        server.commands()
                .aclSetuser(
                        "app",
                        AclSetuserArgs.Builder.on()
                                .addPassword("swordfish")
                                .allCommands()
                                .allKeys()
                                .resetChannels()
                                .channelPattern("news"));
        RedisURI uri = RedisURI.builder(server.uri())
                .withAuthentication("app", "swordfish".toCharArray())
                .build();
        try (ValkeyConnection connection = connection(uri)) {
            ChannelCourier courier = new ChannelCourier(connection);

            List<Answer> answers = courier.send(
                    List.of(message("news", "a"), message("secrets", "b"), message("news", "c"), message("news", "d")));

            assertThat(answers.getFirst()).isEqualTo(TAKEN);
            assertThat(answers.subList(1, 4))
                    .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.PutOff.class));
            assertThat(answers.get(1).toString()).contains("NOPERM");
            server.commands().aclSetuser("app", AclSetuserArgs.Builder.channelPattern("secrets"));
            assertThat(courier.send(List.of(message("secrets", "b"), message("news", "c"))))
                    .containsOnly(TAKEN);
        }
        assertThat(heard(3)).containsExactly("news a", "secrets b", "news c");
    }
}
