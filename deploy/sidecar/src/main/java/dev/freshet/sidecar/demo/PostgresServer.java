package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** PostgreSQL with logical decoding, in the demo's directory and on a loopback port. Durability is off: nothing is kept. */
final class PostgresServer {
    static final String USER = "freshet";
    static final String DATABASE = "postgres";

    private static final Duration TO_START = Duration.ofSeconds(30);

    private final int port;
    private final String password;
    private final Process process;
    private final LogFile log;

    private PostgresServer(int port, String password, Process process, LogFile log) {
        this.port = port;
        this.password = password;
        this.process = process;
        this.log = log;
    }

    static PostgresServer start(Leftovers leftovers, int port, String password)
            throws IOException, DemoException, InterruptedException {
        var home = leftovers.directory().resolve("postgresql");
        var log = new LogFile(leftovers.directory().resolve("postgresql.log"));
        PostgresPrograms.unpack(home);
        var unprivileged = Unprivileged.here();
        var data = initialize(leftovers, unprivileged, home, password, log);
        var command = unprivileged.command(
                home.resolve("bin/postgres"),
                List.of(
                        "-D", data.toString(), //
                        "-c", "port=" + port,
                        "-c", "listen_addresses=127.0.0.1",
                        "-c", "unix_socket_directories=",
                        "-c", "wal_level=logical",
                        "-c", "fsync=off"));
        var process = leftovers.start(log.of(new ProcessBuilder(command)), Signal.QUIT);
        var server = new PostgresServer(port, password, process, log);
        if (!Patience.within(TO_START, server::answers)) {
            throw new DemoException("PostgreSQL does not answer:%n%s".formatted(log.tail()));
        }
        return server;
    }

    private static Path initialize(
            Leftovers leftovers, Unprivileged unprivileged, Path home, String password, LogFile log)
            throws IOException, DemoException, InterruptedException {
        var data = Files.createDirectory(
                leftovers.directory().resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var secret = Files.createFile(
                leftovers.directory().resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, password);
        unprivileged.handOver(data);
        unprivileged.handOver(secret);
        var command = unprivileged.command(
                home.resolve("bin/initdb"),
                List.of(
                        "--pgdata=" + data,
                        "--username=" + USER,
                        "--pwfile=" + secret,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-sync"));
        if (leftovers.start(log.of(new ProcessBuilder(command)), Signal.TERM).waitFor() != 0) {
            throw new DemoException("PostgreSQL cannot make its data directory:%n%s".formatted(log.tail()));
        }
        Files.delete(secret);
        return data;
    }

    int port() {
        return port;
    }

    void requireAlive() throws DemoException {
        if (!process.isAlive()) {
            throw new DemoException("PostgreSQL ended with %d:%n%s".formatted(process.exitValue(), log.tail()));
        }
    }

    Connection connect() throws SQLException {
        var login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", password);
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE), login);
    }

    private boolean answers() throws DemoException {
        requireAlive();
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
