package dev.freshet.servers.edge;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A program that a machine has or has not.
 *
 * @param name of the command
 * @param packages that bring all of it on Debian
 */
record EdgeProgram(String name, String packages) {
    /** Where servers lie, and not on the PATH of everybody. */
    private static final String OF_SERVERS = "/usr/local/sbin:/usr/sbin";

    Optional<Path> find() {
        var directories = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + OF_SERVERS;
        return Arrays.stream(directories.split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Thrown, it ends a test that cannot run on this machine: as left out, unless the environment promises that everything is there. */
    RuntimeException missing(Map<String, String> environment) {
        var message = "%s is missing or lacks a part; on Debian: apt-get install %s".formatted(name, packages);
        return "true".equals(environment.get("CI"))
                ? new IllegalStateException(message)
                : new TestAbortedException(message);
    }

    /** What the program says when it is called with these arguments; empty where it ends with another code than 0. */
    static Optional<String> says(Path program, String... arguments) {
        var command = Stream.concat(Stream.of(program.toString()), Arrays.stream(arguments));
        try {
            var process = new ProcessBuilder(command.toList())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while %s was to end".formatted(program), e);
        }
    }
}
