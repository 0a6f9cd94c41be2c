package dev.freshet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.rules.yaml.Variables;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SidecarFileTest {
    static final Variables VARIABLES = new Variables(Map.of("DB_PASSWORD", "swordfish")::get, path -> {
        if (path.equals(Path.of("/run/secrets/cache"))) {
            return "tuna\n";
        }
        throw new NoSuchFileException(path.toString());
    });

    /** Components that a user must give, or that stand for nothing where they are not given. */
    private static final Set<String> WITHOUT_DEFAULT =
            Set.of("source", "cache", "database", "address", "host", "user", "password");

    private static SidecarSettings load(String file) {
        Path path = Path.of("src/test/resources/valid").resolve(file);
        return switch (SidecarFile.load(path, VARIABLES, Catalog.NONE)) {
            case Loading.Loaded<SidecarSettings> loaded -> loaded.settings();
            case Loading.Refused<SidecarSettings> refused -> throw new AssertionError(refused.problems());
        };
    }

    @Test
    void everyKeyIsMapped() {
        assertThat(load("everything.yaml"))
                .isEqualTo(new SidecarSettings(
                        new DatabaseSettings(
                                new DatabaseAddress("db.internal", 5433, "shop", DatabaseAddress.SslMode.VERIFY_CA),
                                "freshet",
                                Optional.of(new Secret("swordfish")),
                                "shop_1",
                                "Shop",
                                DatabaseSettings.Snapshot.NEVER,
                                DatabaseSettings.OnGap.STOP,
                                Duration.ofMinutes(5),
                                Duration.ofMillis(250),
                                Duration.ofSeconds(30),
                                Optional.of(20L << 30),
                                DatabaseSettings.OnMaxLag.DROP_SLOT,
                                Duration.ofSeconds(3),
                                Optional.of(new DatabaseAddress(
                                        "replica.internal", 5434, "shop", DatabaseAddress.SslMode.REQUIRE))),
                        new CacheSettings(
                                CacheSettings.Type.DRAGONFLY,
                                new CacheSettings.Address("::1", 6380, 3, true),
                                Optional.of("writer"),
                                Optional.of(new Secret("tuna")),
                                "shop:"),
                        new AdminSettings(new AdminSettings.Listen("::", 0)),
                        new PipelineSettings(17, 64L << 20),
                        new FenceSettings(Duration.ofSeconds(90)),
                        Optional.of(Map.of("bootstrap.servers", new Secret("kafka.internal:9092"))),
                        Optional.of(new AnnounceSettings.Topic("freshet.entries"))));
    }

    @Test
    void aFileNeedsToSayLittle() {
        assertThat(load("least.yaml"))
                .isEqualTo(new SidecarSettings(
                        new DatabaseSettings(
                                new DatabaseAddress("db.internal", 5432, "shop", DatabaseAddress.SslMode.PREFER),
                                "freshet",
                                Optional.empty(),
                                "freshet",
                                "freshet",
                                DatabaseSettings.Snapshot.INITIAL,
                                DatabaseSettings.OnGap.RESYNC,
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(1),
                                Optional.empty(),
                                DatabaseSettings.OnMaxLag.WARN,
                                Duration.ofSeconds(10),
                                Optional.empty()),
                        new CacheSettings(
                                CacheSettings.Type.VALKEY,
                                new CacheSettings.Address("cache.internal", 6379, 0, false),
                                Optional.empty(),
                                Optional.empty(),
                                ""),
                        new AdminSettings(new AdminSettings.Listen("127.0.0.1", 8470)),
                        new PipelineSettings(2048, 128L << 20),
                        new FenceSettings(Duration.ofMinutes(15)),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void everyKeyOfTopicsIsMapped() {
        KafkaSettings kafka = (KafkaSettings) load("kafka.yaml").source();

        assertThat(kafka.pattern().map(Pattern::pattern)).contains("shop[.]public[.].*");
        assertThat(kafka)
                .isEqualTo(new KafkaSettings(
                        "shop",
                        List.of(),
                        kafka.pattern(),
                        KafkaSettings.Conversion.JSON,
                        new KafkaSettings.Conversion(
                                Optional.of("io.apicurio.registry.utils.converter.AvroConverter"),
                                Map.of("apicurio.registry.url", new Secret("http://registry"))),
                        KafkaSettings.Start.END,
                        KafkaSettings.OnGap.STOP,
                        KafkaSettings.OnUnreadable.SKIP,
                        Map.of(
                                "bootstrap.servers",
                                new Secret("kafka.internal:9092"),
                                "security.protocol",
                                new Secret("SASL_SSL"),
                                "sasl.mechanism",
                                new Secret("SCRAM-SHA-512"),
                                "sasl.jaas.config",
                                new Secret("org.apache.kafka.common.security.scram.ScramLoginModule required"
                                        + " username=\"shop\" password=\"swordfish\";"))));
        assertThat(kafka.toString()).doesNotContain("swordfish");
    }

    @Test
    void aFileOfTopicsNeedsToSayLittle() {
        assertThat(load("kafka-least.yaml").source())
                .isEqualTo(new KafkaSettings(
                        "freshet",
                        List.of("shop.public.product"),
                        Optional.empty(),
                        KafkaSettings.Conversion.JSON,
                        KafkaSettings.Conversion.JSON,
                        KafkaSettings.Start.BEGINNING,
                        KafkaSettings.OnGap.RESYNC,
                        KafkaSettings.OnUnreadable.STOP,
                        Map.of("bootstrap.servers", new Secret("kafka.internal:9092"))));
    }

    @Test
    void topicsAreWrittenWhereTheyAreReadUnlessAnotherBrokerIsNamed() {
        assertThat(load("kafka-least.yaml").broker())
                .contains(Map.of("bootstrap.servers", new Secret("kafka.internal:9092")));
        assertThat(load("kafka-other.yaml").broker())
                .contains(Map.of("bootstrap.servers", new Secret("other.internal:9092")));
        assertThat(load("least.yaml").broker()).isEmpty();
    }

    @Test
    void othersAreToldByAChannelWithoutABroker() {
        assertThat(load("channel.yaml").announce()).contains(new AnnounceSettings.Channel("freshet-entries"));
    }

    private static DatabaseSettings database(SidecarSettings settings) {
        return (DatabaseSettings) settings.source();
    }

    @Test
    void aDatabaseIsNamedInPartsAsWell() {
        SidecarSettings settings = load("parts.yaml");

        assertThat(database(settings).database())
                .isEqualTo(new DatabaseAddress("db.internal", 5434, "shop", DatabaseAddress.SslMode.DISABLE));
        assertThat(settings.admin()).isEqualTo(AdminSettings.DEFAULT);
        assertThat(settings.pipeline()).isEqualTo(PipelineSettings.DEFAULT);
        assertThat(settings.fence()).isEqualTo(FenceSettings.DEFAULT);
    }

    @Test
    void aPasswordOfDigitsStaysText() {
        assertThat(database(load("parts.yaml")).password().map(Secret::reveal)).contains("0123");
    }

    @Test
    void settingsPrintNoSecret() {
        assertThat(load("everything.yaml").toString()).doesNotContain("swordfish", "tuna");
    }

    static Stream<Class<? extends Record>> records() {
        return Stream.of(
                SidecarSettings.class,
                DatabaseSettings.class,
                DatabaseAddress.class,
                CacheSettings.class,
                AdminSettings.class,
                PipelineSettings.class,
                FenceSettings.class);
    }

    /** {@code default x, reason}: what holds where nothing is said, and why. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void everyDefaultIsStatedWithItsReason(Class<? extends Record> settings) throws IOException {
        String source =
                Files.readString(Path.of("src/main/java", settings.getName().replace('.', '/') + ".java"));

        assertThat(Arrays.stream(settings.getRecordComponents())
                        .map(RecordComponent::getName)
                        .filter(name -> !WITHOUT_DEFAULT.contains(name)))
                .allSatisfy(name -> assertThat(parameterDoc(source, name))
                        .as("@param %s", name)
                        .containsPattern("default \\S+?[,:;] \\S|default \\S+ .*[,:;] \\S"));
    }

    private static String parameterDoc(String source, String name) {
        Matcher doc = Pattern.compile("@param " + name + " (.*?)(?=@param|\\*/)", Pattern.DOTALL)
                .matcher(source);
        return doc.find() ? doc.group(1).replaceAll("\\s+\\*?\\s*", " ") : "";
    }
}
