package dev.freshet.sidecar.command;

import java.util.List;
import picocli.CommandLine.ExitCode;

/** A command that ends with sentences for the user instead of a stack trace. */
public final class CommandFailedException extends RuntimeException {
    private final transient List<String> lines;
    private final int exitCode;

    private CommandFailedException(List<String> lines, int exitCode) {
        super(String.join("\n", lines), null, false, false);
        this.lines = List.copyOf(lines);
        this.exitCode = exitCode;
    }

    /** The world or the database said no: exit code 1. */
    static CommandFailedException failed(String... lines) {
        return new CommandFailedException(List.of(lines), ExitCode.SOFTWARE);
    }

    static CommandFailedException failed(List<String> lines) {
        return new CommandFailedException(lines, ExitCode.SOFTWARE);
    }

    /** What the user wrote is wrong: exit code 2. */
    static CommandFailedException invalid(List<String> lines) {
        return new CommandFailedException(lines, ExitCode.USAGE);
    }

    /** What to print, a line each. */
    public List<String> lines() {
        return lines;
    }

    public int exitCode() {
        return exitCode;
    }
}
