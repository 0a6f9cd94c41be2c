package dev.freshet.servers.kafka;

import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.local.ProcessServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A worker of Kafka Connect in distributed mode. Workers of one broker share their connectors, unless their settings name
 * another {@code group.id} and other topics. What its connectors are comes back after a kill and a start.
 */
public final class ConnectWorker extends ProcessServer {
    /** Topics and consumer groups of connectors are used with the administrator's rights, where a connector says nothing else. */
    private static final List<String> CLIENTS = List.of("", "producer.", "consumer.", "admin.");

    private final ConnectRest rest = new ConnectRest(URI.create("http://%s:%d".formatted(host(), port())));
    private final ServerSettings settings;

    private ConnectWorker(KafkaBroker broker, List<Path> plugins, ServerSettings settings) {
        super("connect");
        this.settings = settings.over(defaults(broker, plugins));
    }

    /** As {@link #of(KafkaBroker, ServerSettings, Path...)}, with a worker's usual settings. */
    public static ConnectWorker of(KafkaBroker broker, Path... plugins) {
        return of(broker, ServerSettings.DEFAULT, plugins);
    }

    /**
     * A worker that answers. It finds plugins by their manifests, where its settings do not say
     * {@code plugin.discovery: hybrid_warn}: it would search every class, for ten seconds and more.
     *
     * @param settings the worker's, by their names
     * @param plugins directories, in each of which every directory and every jar is a plugin
     */
    public static ConnectWorker of(KafkaBroker broker, ServerSettings settings, Path... plugins) {
        var worker = new ConnectWorker(broker, List.of(plugins), settings);
        try {
            worker.start();
            return worker;
        } catch (RuntimeException | Error e) {
            worker.close();
            throw e;
        }
    }

    private ServerSettings defaults(KafkaBroker broker, List<Path> plugins) {
        var all = new TreeMap<>(Map.ofEntries(
                Map.entry("group.id", "connect"),
                Map.entry("listeners", "http://%s:%d".formatted(host(), port())),
                Map.entry("rest.advertised.host.name", host()),
                Map.entry("plugin.path", pluginPath(plugins)),
                Map.entry("plugin.discovery", "service_load"),
                Map.entry("key.converter", "org.apache.kafka.connect.json.JsonConverter"),
                Map.entry("key.converter.schemas.enable", "false"),
                Map.entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
                Map.entry("value.converter.schemas.enable", "false"),
                Map.entry("offset.flush.interval.ms", "1000"),
                // A killed worker's connectors go to the others, or to itself, within seconds.
                Map.entry("session.timeout.ms", "3000"),
                Map.entry("heartbeat.interval.ms", "500"),
                Map.entry("scheduled.rebalance.max.delay.ms", "0"),
                Map.entry("offset.storage.partitions", "1"),
                Map.entry("status.storage.partitions", "1")));
        for (var store : List.of("config", "offset", "status")) {
            all.put(store + ".storage.topic", "connect-" + store);
            all.put(store + ".storage.replication.factor", "1");
        }
        for (var client : CLIENTS) {
            broker.clients().forEach((name, value) -> all.put(client + name, value));
        }
        return new ServerSettings(all);
    }

    /** A worker refuses to start without any; so there is always one with nothing in it. */
    private String pluginPath(List<Path> plugins) {
        var none = process.directory().resolve("plugins");
        try {
            Files.createDirectory(none);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.concat(Stream.of(none), plugins.stream())
                .map(each -> each.toAbsolutePath().toString())
                .collect(Collectors.joining(","));
    }

    @Override
    public void start() {
        var properties = new Properties();
        properties.putAll(settings.values());
        var file = KafkaProgram.write(properties, process.directory().resolve("connect.properties"));
        process.start(
                KafkaProgram.CONNECT.command(process.directory(), file.toString()),
                () -> rest.ask("GET", "/connectors", null));
    }

    /** Its connectors and plugins. */
    public ConnectRest rest() {
        return rest;
    }

    /** What it has logged so far, over all its starts. */
    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        rest.close();
        super.close();
    }
}
