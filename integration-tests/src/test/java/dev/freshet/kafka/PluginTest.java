package dev.freshet.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.kafka.Plugin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is in the plugin's archive, and what is not. */
final class PluginTest {
    private static List<Path> jars() throws IOException {
        try (Stream<Path> all = Files.walk(Plugin.FRESHET.path())) {
            return all.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static List<String> classes(Path jar) {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thereIsNoDebeziumNoKafkaNoConnectAndNoLogOfAnybodyElse() throws IOException {
        List<String> classes = new ArrayList<>();
        for (Path jar : jars()) {
            classes.addAll(classes(jar));
        }

        assertThat(classes)
                .contains("dev/freshet/connector/kafka/connect/FreshetSinkConnector.class")
                .noneMatch(name -> name.startsWith("io/debezium/"))
                .noneMatch(name -> name.startsWith("org/apache/kafka/"))
                .noneMatch(name -> name.startsWith("org/slf4j/"))
                .noneMatch(name -> name.startsWith("ch/qos/logback/"))
                .noneMatch(name -> name.startsWith("dev/freshet/sidecar/"))
                .noneMatch(name -> name.startsWith("dev/freshet/connector/debezium/"));
    }

    @Test
    void theArchiveHoldsTheSameAsTheDirectory() throws IOException {
        Path target = Plugin.FRESHET.path().resolveSibling(".").normalize();
        List<Path> archives;
        try (Stream<Path> files = Files.list(target)) {
            archives = files.filter(file -> file.getFileName().toString().matches("freshet-connect-.*[.]zip"))
                    .toList();
        }

        assertThat(archives).hasSize(1);
        try (ZipFile archive = new ZipFile(archives.getFirst().toFile())) {
            assertThat(archive.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
                    .containsExactlyInAnyOrderElementsOf(jars().stream()
                            .map(jar -> Plugin.FRESHET.path().relativize(jar).toString())
                            .toList());
        }
    }

    /** Whatever Freshet's own classes name is there, or a worker has it. */
    @Test
    void everyClassThatOursNameIsThere() throws IOException {
        Path own = jars().stream()
                .filter(jar -> jar.getFileName().toString().startsWith("connect-"))
                .findFirst()
                .orElseThrow();
        String classPath = Stream.concat(
                        jars().stream(),
                        Stream.of(Path.of("kafka/target/class-path")).flatMap(PluginTest::worker))
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        StringWriter said = new StringWriter();

        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(said),
                        new PrintWriter(said),
                        "--missing-deps",
                        "--multi-release",
                        "21",
                        "--class-path",
                        classPath,
                        own.toString());

        assertThat(said.toString().lines())
                .isNotEmpty()
                .filteredOn(line -> line.endsWith("not found") && line.startsWith(" "))
                .filteredOn(line -> !line.contains("org.jspecify.annotations."))
                .isEmpty();
        assertThat(code).isZero();
    }

    private static Stream<Path> worker(Path list) {
        try {
            return Stream.of(Files.readString(list).strip().split(":")).map(Path::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
