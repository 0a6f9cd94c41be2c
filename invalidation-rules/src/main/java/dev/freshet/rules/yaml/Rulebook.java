package dev.freshet.rules.yaml;

import dev.freshet.rules.Fingerprint;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.Transcript;
import dev.freshet.rules.catalog.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The rules of all files of one load. */
final class Rulebook {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+");

    private final Catalog catalog;
    private final Problems problems;
    private final Keepers keepers;
    private final Map<String, Place> places = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Section> files = new ArrayList<>();
    private final SortedMap<String, String> meanings = new TreeMap<>();
    private final Places parts = new Places();
    private Optional<Place> main = Optional.empty();
    private Edges edges = Edges.none();
    private KeyRing keys = KeyRing.empty();

    Rulebook(Catalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
        this.keepers = new Keepers(problems);
    }

    /** To be told before any rule is read. */
    void edges(Edges read) {
        edges = read;
    }

    /** To be told before any rule is read. */
    void keys(KeyRing read) {
        keys = read;
    }

    /** Reads {@code defaults} and {@code rules} of one file. */
    void add(Section file) {
        files.add(file);
        main = main.or(() -> Optional.of(file.spot().value()));
        Optional<Ttl> ttl = file.section("defaults").flatMap(defaults -> {
            Optional<Ttl> read = defaults.optional("ttl", Ttl.KIND);
            defaults.finish();
            return read.or(() -> defaults.has("ttl") ? Optional.of(Ttl.NONE) : Optional.empty());
        });
        file.map("rules").ifPresent(map -> map.members().forEach((name, node) -> add(name, node, ttl)));
    }

    private void add(String name, Node node, Optional<Ttl> ttl) {
        if (!NAME.matcher(name).matches()) {
            problems.atName(node, Code.BAD_VALUE, "a rule's name has only a-z 0-9 _ -");
        }
        Place first = places.putIfAbsent(name, node.spot().name());
        if (first != null && !first.equals(node.spot().name())) {
            problems.atName(node, Code.DUPLICATE_RULE, "a rule of this name stands at " + first + " already");
        }
        meanings.put(name, Meaning.of(node) + ttl);
        parts.add(node);
        new RuleReader(catalog, problems, keepers, edges, keys, ttl)
                .read(new RuleName(name), node)
                .ifPresent(rules::add);
    }

    /** Of everything that was read; to be used only where nothing was wrong. */
    Transcript transcript(RuleSet read) {
        return Transcripts.write(files, read, catalog);
    }

    /** Where the parts of every rule stand. */
    Places parts() {
        return parts;
    }

    /** Everything that was read; to be used only where nothing was wrong. */
    RuleSet finish() {
        if (places.isEmpty() && problems.errors() == 0) {
            main.ifPresent(place -> problems.add(new Problem(
                    Code.NOTHING_TO_DO,
                    place,
                    "",
                    "there are no rules; write them under 'rules', or name files that hold them under 'include'",
                    Optional.empty())));
        }
        edges.reportUnused(problems);
        keys.reportUnused(problems);
        meanings.putAll(keys.fingerprints());
        List<String> texts = new ArrayList<>();
        meanings.forEach((name, meaning) -> texts.addAll(List.of(name, meaning)));
        return new RuleSet(rules, List.copyOf(edges.all()), Fingerprint.of(texts));
    }
}
