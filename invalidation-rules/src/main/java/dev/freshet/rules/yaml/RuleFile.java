package dev.freshet.rules.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** One file as a tree. */
final class RuleFile {
    /** Far above any file a person keeps, far below what would fill a heap. */
    static final int MAX_BYTES = 1 << 20;

    private RuleFile() {}

    /** The map that the file is; empty where there is none, which is reported. */
    static Optional<Node.Mapping> tree(Path file, Problems problems) {
        return text(file, problems).flatMap(source -> new Reading(problems).map(TreeBuilder.read(source, problems)));
    }

    /** The same of a text that stands in no file. */
    static Optional<Node.Mapping> tree(Path name, String text, Problems problems) {
        return new Reading(problems).map(TreeBuilder.read(new SourceText(name.toString(), text), problems));
    }

    private static Optional<SourceText> text(Path file, Problems problems) {
        Place start = new Place(file.toString(), 1, 1);
        try {
            long bytes = Files.size(file);
            if (bytes <= MAX_BYTES) {
                return Optional.of(new SourceText(file.toString(), Files.readString(file)));
            }
            problems.add(new Problem(
                    Code.TOO_LARGE,
                    start,
                    "",
                    "the file has " + bytes + " bytes; at most " + MAX_BYTES + " are read",
                    Optional.empty()));
        } catch (IOException e) {
            problems.add(new Problem(Code.UNREADABLE_FILE, start, "", reason(e), Optional.empty()));
        }
        return Optional.empty();
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case CharacterCodingException notText -> "the file is not UTF-8 text";
            default -> "the file cannot be read: " + e.getMessage();
        };
    }
}
