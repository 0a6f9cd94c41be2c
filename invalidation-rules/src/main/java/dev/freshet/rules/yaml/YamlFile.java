package dev.freshet.rules.yaml;

import java.nio.file.Path;
import java.util.Optional;

/** A file that holds something else than rules and is read as they are: the same YAML, the same words for what is wrong. */
public final class YamlFile {
    private YamlFile() {}

    /** The map that the file is, keys that begin with {@code x-} left out; empty where there is none, which is reported. */
    public static Optional<Section> read(Path file, Problems problems) {
        return RuleFile.tree(file, problems).map(top -> new Section(RuleFiles.withoutExtensions(top), problems));
    }
}
