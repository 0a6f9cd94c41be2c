package dev.freshet.servers.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file for users says, with places of this machine in it. */
record ExampleFile(String text) {
    static ExampleFile read(Path file) {
        try {
            return new ExampleFile(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says this where it first said something that matches the pattern. */
    ExampleFile with(String pattern, String said) {
        var matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("there is no %s in%n%s".formatted(pattern, text));
        }
        return new ExampleFile(matcher.replaceFirst(Matcher.quoteReplacement(said)));
    }

    void write(Path file) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
