package dev.freshet.servers.local;

import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresProbe;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** PostgreSQL in a data directory of its own. */
final class LocalPostgres extends ProcessServer implements DatabaseServer {
    private final PostgresRelease release;
    private final Path programs;
    private final Unprivileged unprivileged;
    private final ServerSettings settings;

    private LocalPostgres(PostgresRelease release, ServerSettings settings, Unprivileged unprivileged) {
        super("postgresql-" + release.major());
        this.release = release;
        this.programs = PostgresBinaries.home(release).resolve("bin");
        this.unprivileged = unprivileged;
        this.settings = settings.over(defaults(process.port()));
    }

    static LocalPostgres create(PostgresRelease release, ServerSettings settings, Unprivileged unprivileged) {
        var server = new LocalPostgres(release, settings, unprivileged);
        try {
            server.initialize();
            server.start();
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /** Streams what the primary writes, and reads. The primary is restarted on the way. */
    static LocalPostgres standbyOf(LocalPostgres primary) {
        var standby = new LocalPostgres(primary.release, ServerSettings.DEFAULT, primary.unprivileged);
        try {
            primary.stop();
            standby.copy(primary);
            primary.start();
            standby.start();
            return standby;
        } catch (RuntimeException | Error e) {
            standby.close();
            throw e;
        }
    }

    private void copy(LocalPostgres primary) {
        unprivileged.handOver(process.directory().path());
        process.run(unprivileged.command(
                Path.of("/bin/cp"), Stream.of("-a", primary.data().toString(), data().toString())));
        process.run(unprivileged.command(
                Path.of("/usr/bin/touch"),
                Stream.of(data().resolve("standby.signal").toString())));
        try {
            Files.writeString(
                    data().resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=%s port=%d user=%s password=''%s'''%n"
                            .formatted(primary.host(), primary.port(), superuser(), password()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSettings defaults(int port) {
        return new ServerSettings(new TreeMap<>(Map.of(
                "port", Integer.toString(port),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "wal_level", "logical",
                "max_wal_senders", "20",
                "max_replication_slots", "20",
                "fsync", "off")));
    }

    private void initialize() {
        var directory = process.directory();
        var password = directory.resolve("password");
        try {
            Files.writeString(password, password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        unprivileged.handOver(directory.path());
        unprivileged.handOver(password);
        process.run(unprivileged.command(
                programs.resolve("initdb"),
                Stream.of(
                        "--pgdata=" + data(),
                        "--username=" + superuser(),
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-sync")));
    }

    private Path data() {
        return process.directory().resolve("data");
    }

    @Override
    public void start() {
        var arguments = Stream.concat(
                Stream.of("-D", data().toString()),
                settings.values().entrySet().stream()
                        .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue())));
        process.start(unprivileged.command(programs.resolve("postgres"), arguments), () -> PostgresProbe.query(this));
    }

    /** Ends sessions and waits for whoever streams the log to have it all, as an administrator's restart does. */
    @Override
    public void stop() {
        process.stop(Signal.INT);
    }

    @Override
    public String toString() {
        return "PostgreSQL %d on port %d".formatted(release.major(), port());
    }

    @Override
    public PostgresRelease release() {
        return release;
    }

    List<ProcessHandle> tree() {
        return process.tree();
    }

    Path directory() {
        return process.directory().path();
    }
}
