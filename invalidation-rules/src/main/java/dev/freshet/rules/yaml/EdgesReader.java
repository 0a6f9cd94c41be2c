package dev.freshet.rules.yaml;

import dev.freshet.rules.Edge;
import dev.freshet.rules.EdgeName;
import dev.freshet.rules.EdgeOption;
import dev.freshet.rules.expression.Spelling;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code edges}: what every edge has, and what its provider alone understands as it stands. */
final class EdgesReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+");
    private static final List<String> OWN = List.of("type", "soft", "max_delay");
    /** What some providers need, as far as the language says it; the keys of the others are open. */
    private static final Map<Edge.Type, List<String>> PROVIDERS = Map.of(Edge.Type.FASTLY, List.of("service", "token"));

    private static final List<String> COMMON = List.of("token");
    private static final Kind<Edge.Type> TYPE = Kind.words(
            Arrays.stream(Edge.Type.values()).collect(Collectors.toMap(EdgesReader::word, Function.identity())),
            Set.of("google", "vercel", "netlify", "azure", "http"));

    private final Problems problems;

    EdgesReader(Problems problems) {
        this.problems = problems;
    }

    static String word(Edge.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** By name, in the order written; those that are wrong are reported and left out. */
    Map<EdgeName, Edge> read(Section top) {
        Map<EdgeName, Edge> edges = new LinkedHashMap<>();
        top.map("edges")
                .ifPresent(map -> map.members()
                        .forEach((name, node) -> edge(name, node).ifPresent(edge -> edges.put(edge.name(), edge))));
        return edges;
    }

    private Optional<Edge> edge(String name, Node node) {
        if (!NAME.matcher(name).matches()) {
            problems.atName(node, Code.BAD_VALUE, "an edge's name has only a-z 0-9 _ -");
        }
        return new Reading(problems).map(node).flatMap(map -> {
            Section section = new Section(map, problems);
            Optional<Edge.Type> type = section.required("type", TYPE);
            Optional<Boolean> soft = section.optional("soft", Kind.FLAG);
            Optional<Duration> delay = section.optional("max_delay", Kind.DURATION);
            Map<String, EdgeOption> options = options(section, map, type);
            section.finish();
            type.filter(make -> soft.orElse(false) && !make.canSoftly(Edge.Kind.TAG) && !make.canSoftly(Edge.Kind.URL))
                    .ifPresent(make -> section.refuse("soft", Code.EDGE_CANNOT, word(make) + " has no soft purge"));
            return type.map(make -> new Edge(
                    new EdgeName(name),
                    make,
                    soft.orElse(false),
                    delay.orElse(Edge.DEFAULT_MAX_DELAY),
                    new EdgeOption.Members(options)));
        });
    }

    /** Every other key that its provider may have, but for those that are a known one misspelt. */
    private static Map<String, EdgeOption> options(Section section, Node.Mapping map, Optional<Edge.Type> type) {
        Optional<List<String>> only = type.map(PROVIDERS::get);
        List<String> known =
                Stream.concat(OWN.stream(), only.orElse(COMMON).stream()).toList();
        known.forEach(section::node);
        Map<String, EdgeOption> options = new LinkedHashMap<>();
        map.members().forEach((key, value) -> {
            boolean isOpen = only.isEmpty() && Spelling.nearest(key, known).isEmpty();
            if (!OWN.contains(key) && (known.contains(key) || isOpen)) {
                section.node(key);
                option(value).ifPresent(option -> options.put(key, option));
            }
        });
        return options;
    }

    private static Optional<EdgeOption> option(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> Optional.of(new EdgeOption.Text(scalar.text()));
            case Node.Items items ->
                Optional.of(new EdgeOption.Items(items.nodes().stream()
                        .flatMap(item -> option(item).stream())
                        .toList()));
            case Node.Mapping map -> {
                Map<String, EdgeOption> members = new LinkedHashMap<>();
                map.members().forEach((key, value) -> option(value).ifPresent(option -> members.put(key, option)));
                yield Optional.of(new EdgeOption.Members(members));
            }
            case Node.Broken broken -> Optional.empty();
        };
    }
}
