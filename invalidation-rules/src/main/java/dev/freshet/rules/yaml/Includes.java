package dev.freshet.rules.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the files that a main file includes. */
final class Includes {
    private static final List<String> FOREIGN_KEYS =
            List.of("source", "cache", "edges", "admin", "pipeline", "fence", "keys", "include");

    private Includes() {}

    /** The files that the patterns under {@code include} match, each once, in the order of the patterns and then by name. */
    static List<Path> find(Path main, Section top, Problems problems) {
        Reading reading = new Reading(problems);
        Set<Path> files = new LinkedHashSet<>();
        for (Node node : top.items("include")) {
            reading.scalar(node, Kind.TEXT).ifPresent(pattern -> {
                List<Path> matches = matches(main, pattern);
                if (matches.isEmpty()) {
                    problems.atValue(
                            node,
                            Code.BAD_INCLUDE,
                            "no file matches '" + pattern + "'; a pattern is relative to "
                                    + "the file it stands in, and * stays within one folder");
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

    private static List<Path> matches(Path main, String pattern) {
        Path relative = Path.of(pattern);
        Path root = relative.getRoot();
        List<Path> found = List.of(root == null ? main.resolveSibling("") : root);
        for (Path part : relative) {
            found = found.stream().flatMap(folder -> in(folder, part).stream()).toList();
        }
        return found.stream().filter(Files::isRegularFile).toList();
    }

    private static List<Path> in(Path folder, Path part) {
        if (part.toString().indexOf('*') < 0) {
            return List.of(folder.resolve(part));
        }
        PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + part);
        Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
        try (Stream<Path> entries = Files.list(listed)) {
            List<Path> found = new ArrayList<>(entries.map(Path::getFileName)
                    .filter(matcher::matches)
                    .sorted()
                    .toList());
            found.replaceAll(folder::resolve);
            return found;
        } catch (IOException e) {
            return List.of();
        }
    }
}
