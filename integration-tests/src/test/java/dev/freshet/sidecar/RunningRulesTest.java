package dev.freshet.sidecar;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.freshet.servers.Eventually;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A Freshet leaves its rules in the cache: for the next one, and for those who plan it. */
final class RunningRulesTest extends ShopTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Under a prefix and with a slot of this name. */
    private String file(String place, String key) throws IOException {
        String text = RuleFile.of(database, cache)
                .withSlot(place)
                .withCache("url: \"%s\", prefix: \"%s:\"".formatted(cache.uri(), place))
                .withRules(RuleFile.PRODUCT.replace("product:{id}", key))
                .text();
        return Files.writeString(folder.resolve(key.replaceAll("[^a-z]", "") + ".yaml"), text)
                .toString();
    }

    @Test
    void otherRulesTakeTheEntriesOfThoseBeforeWithThem() throws IOException {
        String old = file("succeeded", "product:{id}");
        String now = file("succeeded", "p:{id}");
        Ended.freshet("plan", "-c", now)
                .refused(
                        1,
                        "no running Freshet left its rules in the cache, for slot 'succeeded' under 'succeeded:';"
                                + " name the file that runs with --against; if cache.url, cache.prefix or source.slot is"
                                + " another one than before, its entries stay");
        try (CacheKeys keys = new CacheKeys("succeeded:")) {
            keys.set("product:1:reviews", "of nobody");
            runUntil(old, () -> assertThat(keys.entries()).contains("product:1", "product:2"));

            Ended.freshet("plan", "-c", old).answered(0, "the rules say the same; nothing happens");
            Ended planned = Ended.freshet("plan", "-c", now);
            assertThat(planned.code()).isEqualTo(3);
            assertThat(planned.output())
                    .contains("  + p:{id}  put json", "  - product:{id}  put json", "  public.product")
                    .containsSubsequence(
                            "entries that are removed for good, since nobody keeps them any more", "  product:*");
            assertThat(Ended.freshet("plan", "-c", now, "--connect").output())
                    .contains("  + p:{id}  put json", "  - product:{id}  put json");

            runUntil(now, () -> assertThat(keys.entries()).contains("p:1", "p:2"));
            assertThat(keys.entries()).containsExactly("p:1", "p:2", "product:1:reviews");
            Ended.freshet("plan", "-c", now).answered(0, "the rules say the same; nothing happens");
        }
    }

    @Test
    void thePrintedCommandRemovesWhatStaysAndNothingElse() throws IOException, InterruptedException {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "valkey-cli")));
        String prefix = "it's [a-z] 100%:";
        String place = RuleFile.of(database, cache)
                .withCache("url: \"%s\", prefix: \"%s\"".formatted(cache.uri(), prefix))
                .withRules(RuleFile.PRODUCT + "    invalidate: [{key: \"list {name}\"}, {key: \"n:{id}\"}]\n")
                .text();
        String old = Files.writeString(folder.resolve("before.yaml"), place).toString();
        String now = Files.writeString(folder.resolve("after.yaml"), place.replaceFirst(" *invalidate: .*\n", ""))
                .toString();
        Ended.freshet("schema", "-c", old, "-o", folder.resolve("schema.json").toString());
        try (CacheKeys keys = new CacheKeys(prefix)) {
            for (String key : List.of("list of all", "list 'x' \"y\" $HOME \\n", "list *", "n:1", "n:-22")) {
                keys.set(key, "goes");
            }
            List<String> others = List.of("list\n" + prefix + "n", "lists", "n:1 ", "n:1:x", "n:x", "x\nn:1");
            others.forEach(key -> keys.set(key, "stays"));

            List<String> commands = Ended.freshet("plan", "-c", now, "--against", old).output().stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("remove: "))
                    .map(line -> line.substring("remove: ".length()))
                    .toList();
            assertThat(commands).hasSize(2);
            for (String command : commands) {
                assertThat(new ProcessBuilder("sh", "-c", command).start().waitFor())
                        .as(command)
                        .isZero();
            }

            assertThat(keys.entries()).containsExactlyInAnyOrderElementsOf(others);
        } finally {
            Files.deleteIfExists(folder.resolve("schema.json"));
        }
    }

    @Test
    void aDryRunLeavesNoRules() throws IOException {
        String path = file("dry", "product:{id}");
        try (FreshetProcess run =
                FreshetCommand.freshet("run", "-c", path, "--dry-run").start()) {
            run.awaitLine("put", SOON);
            assertThat(run.terminate()).isZero();
        }

        assertThat(Ended.freshet("plan", "-c", path).code()).isEqualTo(1);
    }

    @Test
    void rulesOfAnotherVersionAreToldOfAndLeft() throws IOException {
        String path = file("foreign", "product:{id}");
        try (CacheKeys keys = new CacheKeys("foreign:")) {
            keys.set("freshet:foreign:rules", "[\"{}\"]");
            Ended.freshet("plan", "-c", path)
                    .refused(
                            1,
                            "the rules in the cache, for slot 'foreign' under 'foreign:', cannot be read (no list \"files\"): another version"
                                    + " of Freshet; name the file that runs with --against");

            List<String> said = runUntil(path, () -> assertThat(keys.entries()).contains("product:1", "product:2"));
            assertThat(said).anyMatch(line -> line.contains("the rules of before cannot be read"));
            Ended.freshet("plan", "-c", path).answered(0, "the rules say the same; nothing happens");
        }
    }

    /** What the process said on stderr meanwhile. */
    private List<String> runUntil(String file, Eventually.Assertion holds) {
        try (FreshetProcess run = FreshetCommand.freshet("run", "-c", file).start()) {
            eventually(SOON, holds);
            assertThat(run.terminate()).isZero();
            return run.errors();
        }
    }

    /** What stands under a prefix, as anybody sees it. */
    private final class CacheKeys implements AutoCloseable {
        private final RedisClient client = RedisClient.create(cache.uri().toString());
        private final String prefix;
        private final StatefulRedisConnection<String, String> connection = client.connect();

        CacheKeys(String prefix) {
            this.prefix = prefix;
        }

        void set(String key, String value) {
            connection.sync().set(prefix + key, value);
        }

        /** All but what Freshet keeps for itself, in order. */
        List<String> entries() {
            return connection.sync().keys("*").stream()
                    .filter(key -> key.startsWith(prefix))
                    .map(key -> key.substring(prefix.length()))
                    .filter(key -> !key.startsWith("freshet:"))
                    .sorted()
                    .toList();
        }

        @Override
        public void close() {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }
}
