package dev.freshet.rules.yaml;

import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads a main file and the rule files it includes. */
public final class RuleFiles {
    /** Top-level keys that belong to the process, not to the rules. */
    static final List<String> PROCESS_KEYS =
            List.of("source", "cache", "admin", "pipeline", "fence", "kafka", "announce");

    private static final Set<String> SETTINGS =
            Stream.concat(PROCESS_KEYS.stream(), Stream.of("edges")).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> WITH_VARIABLES = Set.of("include", "keys");

    private final Variables variables;

    public RuleFiles(Variables variables) {
        this.variables = variables;
    }

    /**
     * Loads the rules, and the settings that {@code shell} reads.
     *
     * @param main the main file, named as problems shall name it
     * @param catalog the tables to check against, {@link Catalog#NONE} where none are known
     */
    public <S> Loading<S> load(Path main, Catalog catalog, Shell<S> shell) {
        Problems problems = new Problems();
        return load(main, RuleFile.tree(main, problems), catalog, shell, problems);
    }

    /**
     * The same of a text that stands in no file.
     *
     * @param name as problems shall name it; what it includes is looked for as if the file stood there
     */
    public <S> Loading<S> load(Path name, String text, Catalog catalog, Shell<S> shell) {
        Problems problems = new Problems();
        return load(name, RuleFile.tree(name, text, problems), catalog, shell, problems);
    }

    private <S> Loading<S> load(
            Path main, Optional<Node.Mapping> tree, Catalog catalog, Shell<S> shell, Problems problems) {
        Rulebook rulebook = new Rulebook(catalog, problems);
        Optional<S> settings = tree.flatMap(top -> readMain(main, top, shell, rulebook, problems));
        RuleSet rules = rulebook.finish();
        if (problems.errors() > 0) {
            return new Loading.Refused<>(problems.sorted());
        }
        return new Loading.Loaded<>(
                rules,
                rulebook.transcript(rules),
                settings.orElseThrow(() -> new IllegalStateException("nothing was read and nothing was reported")),
                problems.sorted(),
                rulebook.parts());
    }

    private <S> Optional<S> readMain(
            Path main, Node.Mapping top, Shell<S> shell, Rulebook rulebook, Problems problems) {
        Section section = new Section(prepared(top, problems), problems);
        Optional<S> settings = shell.read(section);
        rulebook.edges(Edges.read(section, problems));
        rulebook.keys(KeyRing.read(section));
        PROCESS_KEYS.forEach(section::notReadHere);
        List<Path> included = Includes.find(main, section, problems);
        rulebook.add(section);
        section.finish();
        included.forEach(file -> RuleFile.tree(file, problems).ifPresent(tree -> {
            Section rules = new Section(withoutExtensions(tree), problems);
            Includes.reportForeignKeys(rules);
            rulebook.add(rules);
            rules.finish();
        }));
        return settings;
    }

    private Node.Mapping prepared(Node.Mapping top, Problems problems) {
        Map<String, Node> members = new LinkedHashMap<>(withoutExtensions(top).members());
        members.replaceAll((key, node) -> {
            if (SETTINGS.contains(key)) {
                return variables.replaceInSettings(node, problems);
            }
            return WITH_VARIABLES.contains(key) ? variables.replaceIn(node, problems) : node;
        });
        return new Node.Mapping(top.spot(), members, top.written());
    }

    /** Keys that begin with {@code x-} are the user's own: places for anchors. */
    static Node.Mapping withoutExtensions(Node.Mapping top) {
        Map<String, Node> members = new LinkedHashMap<>(top.members());
        members.keySet().removeIf(key -> key.startsWith("x-"));
        return new Node.Mapping(top.spot(), members, top.written());
    }
}
