package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process wrote to stdout and stderr. */
record LogFile(Path path) {
    private static final int LINES = 30;

    /** Lets the process append to this file. */
    ProcessBuilder of(ProcessBuilder builder) {
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(path.toFile()));
    }

    /** The last lines, indented. */
    String tail() {
        try {
            var lines = new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join(
                    System.lineSeparator(),
                    lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                            .map(line -> "  | " + line)
                            .toList());
        } catch (IOException e) {
            return "  (no log: %s)".formatted(e.getMessage());
        }
    }
}
