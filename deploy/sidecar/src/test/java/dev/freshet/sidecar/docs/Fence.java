package dev.freshet.sidecar.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fenced block of a Markdown file.
 *
 * @param line of its first line of text, from 1
 * @param language behind the opening fence
 * @param text with a line break at its end
 */
record Fence(int line, String language, String text) {
    private static final String MARK = "```";

    /** All of a file, in order. */
    static List<Fence> of(Path file) throws IOException {
        List<Fence> fences = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        int opened = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(MARK)) {
                continue;
            }
            if (opened < 0) {
                opened = i;
            } else {
                String text = String.join("\n", lines.subList(opened + 1, i)) + "\n";
                fences.add(new Fence(
                        opened + 2, lines.get(opened).substring(MARK.length()).strip(), text));
                opened = -1;
            }
        }
        return List.copyOf(fences);
    }

    /** Whether a map of YAML has this key at its top. */
    boolean has(String key) {
        return text.lines().anyMatch(line -> line.startsWith(key + ":"));
    }
}
