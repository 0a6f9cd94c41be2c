package dev.freshet.servers.kafka;

import dev.freshet.servers.process.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A program of Kafka's distribution. */
enum KafkaProgram {
    STORAGE_TOOL("kafka.tools.StorageTool", "-Xmx128m"),
    BROKER("kafka.Kafka", "-Xmx384m"),
    CONNECT("org.apache.kafka.connect.cli.ConnectDistributed", "-Xmx512m");

    private static final String LOGGING = """
            <Configuration status="WARN">
              <Appenders>
                <Console name="console">
                  <PatternLayout pattern="%d{HH:mm:ss.SSS} %-5p [%t] %c{1} %m%n"/>
                </Console>
              </Appenders>
              <Loggers>
                <Root level="INFO">
                  <AppenderRef ref="console"/>
                </Root>
                <Logger name="org.apache.kafka.clients" level="WARN"/>
                <Logger name="org.apache.kafka.common" level="WARN"/>
                <Logger name="org.apache.kafka.connect.runtime.isolation" level="WARN"/>
              </Loggers>
            </Configuration>
            """;

    private final String main;
    private final String heap;

    KafkaProgram(String main, String heap) {
        this.main = main;
        this.heap = heap;
    }

    /** The command that runs it with its files in the directory, logging to its output. */
    List<String> command(TemporaryDirectory directory, String... arguments) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                // It lives for seconds: what the second compiler would make of it comes too late, and costs a core.
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlog4j2.configurationFile=" + logging(directory),
                "-cp",
                KafkaFiles.CLASS_PATH.text(),
                main));
        words.addAll(List.of(arguments));
        return List.copyOf(words);
    }

    private static Path logging(TemporaryDirectory directory) {
        var file = directory.resolve("log4j2.xml");
        try {
            return Files.writeString(file, LOGGING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of settings as these programs read it. */
    static Path write(Properties settings, Path file) {
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
