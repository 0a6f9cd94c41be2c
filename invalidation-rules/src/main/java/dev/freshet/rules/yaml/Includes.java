package dev.freshet.rules.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files that a main file includes. */
final class Includes {
    private static final List<String> FOREIGN_KEYS =
            List.of("source", "cache", "edges", "admin", "pipeline", "fence", "kafka", "announce", "keys", "include");

    private static final String EXPECTED = "a file or a pattern such as rules/*.yaml";
    private static final Kind<Path> PATTERN = text -> {
        try {
            return text.isEmpty() ? Answer.isNot(EXPECTED) : Answer.is(Path.of(text));
        } catch (InvalidPathException e) {
            return Answer.isNot(EXPECTED);
        }
    };

    private Includes() {}

    /** The files that the patterns under {@code include} match, each once, in the order of the patterns and then by name. */
    static List<Path> find(Path main, Section top, Problems problems) {
        Reading reading = new Reading(problems);
        Set<Path> files = new LinkedHashSet<>();
        for (Node node : top.items("include")) {
            reading.scalar(node, PATTERN).ifPresent(pattern -> {
                List<Path> matches = matches(main, pattern);
                if (matches.isEmpty()) {
                    problems.atValue(
                            node,
                            Code.BAD_INCLUDE,
                            "no file matches; a pattern is relative to the file it stands in, and * stays within one folder");
                }
                files.addAll(matches);
            });
        }
        return List.copyOf(files);
    }

    /** Reports what only a main file may hold. */
    static void reportForeignKeys(Section included) {
        FOREIGN_KEYS.forEach(key -> included.notHere(
                key, Code.BAD_INCLUDE, "an included file holds defaults and rules only; move it to the main file"));
    }

    private static List<Path> matches(Path main, Path pattern) {
        Path root = pattern.getRoot();
        List<Path> found = List.of(root == null ? main.resolveSibling("") : root);
        for (Path part : pattern) {
            found = found.stream()
                    .flatMap(folder -> in(folder, part.toString()).stream())
                    .toList();
        }
        Path itself = main.toAbsolutePath().normalize();
        return found.stream()
                .filter(Files::isRegularFile)
                .filter(file -> !file.toAbsolutePath().normalize().equals(itself))
                .toList();
    }

    private static List<Path> in(Path folder, String part) {
        if (part.indexOf('*') < 0) {
            return List.of(folder.resolve(part));
        }
        Predicate<String> matches = Pattern.compile(
                        "\\Q" + part.replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E")
                .asMatchPredicate();
        Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
        try (Stream<Path> entries = Files.list(listed)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(matches)
                    .sorted()
                    .map(folder::resolve)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
