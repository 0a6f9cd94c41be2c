package dev.freshet.kafka;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import dev.freshet.servers.process.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Files of members, and the members: of the rule {@code product:{id} = {price}}. */
final class GroupFile {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Path folder;
    private final CacheServer cache;
    private final Map<String, String> clients;
    private final String source;
    private final String classPath;
    private final String more;

    /**
     * A file that can be started several times.
     *
     * @param clients properties of Kafka's clients
     * @param source more keys of the source
     */
    GroupFile(Path folder, CacheServer cache, Map<String, String> clients, String source) {
        this(folder, cache, clients, source, "", "");
    }

    private GroupFile(
            Path folder, CacheServer cache, Map<String, String> clients, String source, String classPath, String more) {
        this.folder = folder;
        this.cache = cache;
        this.clients = Map.copyOf(clients);
        this.source = source;
        this.classPath = classPath;
        this.more = more;
    }

    /** The same for members that have more jars on their class path. */
    GroupFile withClassPath(String jars) {
        return new GroupFile(folder, cache, clients, source, jars, more);
    }

    /** The same with more keys at the top. */
    GroupFile with(String top) {
        return new GroupFile(folder, cache, clients, source, classPath, top);
    }

    /** Properties of Kafka's clients as a file writes them. */
    static String written(Map<String, String> clients) {
        return clients.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\": '" + each.getValue() + "'")
                .collect(Collectors.joining(", "));
    }

    private Path write() {
        try {
            Path own = Files.createTempDirectory(folder, "member");
            Files.writeString(own.resolve("schema.json"), """
                    {"tables": [{"table": "public.product", "columns": [
                      {"name": "id", "type": "integer", "kind": "integer", "toastable": false},
                      {"name": "price", "type": "bigint", "kind": "integer", "toastable": false}],
                      "keys": [["id"]], "old_row": "everything"}]}
                    """);
            return Files.writeString(own.resolve("freshet.yaml"), """
                    source: {type: kafka, %s, kafka: {%s, session.timeout.ms: "6000", heartbeat.interval.ms: "1000"}}
                    cache: {url: "%s"}
                    admin: {listen: "127.0.0.1:%d"}
                    %s
                    rules:
                      product:
                        table: public.product
                        put: [{key: "product:{id}", as: string, value: "{price}", ttl: none}]
                    """.formatted(
                            source, written(clients), cache.uri(), FreePort.find(), more));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FreshetProcess start() {
        FreshetProcess member = FreshetCommand.freshet("run", "-c", write().toString())
                .withEnvironment(FreshetProcess.CLASS_PATH, classPath)
                .start();
        member.awaitLine("health and metrics", SOON);
        return member;
    }

    /** Another command on such a file. */
    FreshetCommand command(String... words) {
        FreshetCommand command = FreshetCommand.freshet(words);
        return command.with("-c").with(write().toString());
    }
}
