package dev.freshet.rules.yaml;

import dev.freshet.rules.edge.Budget;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeKey;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.rules.edge.Plan;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code edges}: what every edge has, and what its provider wants besides. */
final class EdgesReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+");
    private static final Duration LONGEST_CALL = Duration.ofMinutes(5);
    private static final int MOST = 1_000_000_000;
    private static final Kind<EdgeType> TYPE = Kind.words(
            Arrays.stream(EdgeType.values()).collect(Collectors.toMap(EdgeType::word, Function.identity())),
            Set.of("google", "vercel", "netlify", "azure"));
    private static final Kind<Edge.Outbox> OUTBOX =
            Kind.words(Map.of("log", Edge.Outbox.LOG, "cache", Edge.Outbox.CACHE), Set.of());
    private static final Kind<Edge.OnGap> ON_GAP =
            Kind.words(Map.of("tell", Edge.OnGap.TELL, "purge_all", Edge.OnGap.PURGE_ALL), Set.of());
    private static final Kind<Duration> TIMEOUT = Kind.DURATION.within(
            duration -> duration.compareTo(LONGEST_CALL) <= 0, "a duration from 1ms to 5m, such as 10s");

    private final Problems problems;

    EdgesReader(Problems problems) {
        this.problems = problems;
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
        return new Reading(problems).section(node).flatMap(section -> {
            Optional<EdgeType> type = section.required("type", TYPE);
            Optional<Boolean> soft = section.optional("soft", Kind.FLAG);
            Optional<Duration> delay = section.optional("max_delay", Kind.DURATION);
            Optional<Duration> gather = section.optional("gather", Kind.DURATION);
            Optional<Duration> timeout = section.optional("timeout", TIMEOUT);
            Optional<Edge.Outbox> outbox = section.optional("outbox", OUTBOX);
            Optional<Edge.OnGap> onGap = section.optional("on_gap", ON_GAP);
            Budget budget = section.section("budget").map(EdgesReader::budget).orElse(Budget.AS_PLANNED);
            Optional<Edge> edge = type.map(make -> new Edge(
                    new EdgeName(name),
                    make,
                    soft.orElse(false),
                    delay.orElse(Edge.DEFAULT_MAX_DELAY),
                    gather.orElse(make.gather()),
                    timeout.orElse(Edge.DEFAULT_TIMEOUT),
                    outbox.orElse(Edge.Outbox.LOG),
                    onGap.orElse(Edge.OnGap.TELL),
                    plan(section, make),
                    budget,
                    new EdgeOptions(section).read(make)));
            if (edge.isPresent()) {
                section.finish();
                edge.ifPresent(read -> check(read, section));
            } else {
                section.finishBut(keysOfAnyType());
            }
            return edge;
        });
    }

    private static Set<String> keysOfAnyType() {
        return Arrays.stream(EdgeType.values())
                .flatMap(type -> type.keys().stream())
                .map(EdgeKey::name)
                .collect(Collectors.toSet());
    }

    private static Budget budget(Section section) {
        Kind<Integer> amount = Kind.whole(1, MOST);
        Budget budget = new Budget(
                asInt(section.optional("burst", amount)),
                asInt(section.optional("per_minute", amount)),
                section.optional("per_month", amount).map(OptionalLong::of).orElse(OptionalLong.empty()));
        section.finish();
        return budget;
    }

    private static OptionalInt asInt(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Plan plan(Section section, EdgeType type) {
        Plan least = type.plans().getFirst();
        if (least.name().isEmpty()) {
            return least;
        }
        Map<String, Plan> plans = type.plans().stream().collect(Collectors.toMap(Plan::name, Function.identity()));
        return section.optional("plan", Kind.words(plans, Set.of())).orElse(least);
    }

    private static void check(Edge edge, Section section) {
        String type = edge.type().word();
        boolean isSoftAnywhere = edge.type().kinds().stream().anyMatch(edge.type()::canSoftly);
        if (edge.soft() && !isSoftAnywhere) {
            section.refuse("soft", Code.EDGE_CANNOT, type + " has no soft purge");
        }
        if (edge.gather().compareTo(edge.maxDelay()) > 0) {
            String key = section.has("gather") ? "gather" : "max_delay";
            section.refuse(
                    key, Code.BAD_VALUE, "purges would be gathered (gather) for longer than they may wait (max_delay)");
        }
        if (section.has("access_key") != section.has("secret_key")) {
            section.report(Code.MISSING_KEY, "'access_key' and 'secret_key' stand together, or neither does");
        }
        if (edge.onGap() == Edge.OnGap.PURGE_ALL && !edge.can(Edge.Kind.ALL)) {
            section.refuse("on_gap", Code.EDGE_CANNOT, CannotPurge.by(Edge.Kind.ALL, edge));
        }
    }

    /** What an edge's type wants of its file. */
    private static final class EdgeOptions {
        private final Section section;

        EdgeOptions(Section section) {
            this.section = section;
        }

        EdgeOption.Members read(EdgeType type) {
            Map<String, EdgeOption> options = new LinkedHashMap<>();
            for (EdgeKey key : type.keys()) {
                Optional<Node> node = key.isRequired() ? section.requiredNode(key.name()) : section.node(key.name());
                node.flatMap(found -> option(found, key.form())).ifPresent(option -> options.put(key.name(), option));
            }
            return new EdgeOption.Members(options);
        }

        private Optional<EdgeOption> option(Node node, EdgeKey.Form form) {
            // A variable without a value, where nobody needs it: it stands there all the same.
            if (node instanceof Node.Broken) {
                return Optional.of(new EdgeOption.Text(""));
            }
            return switch (form) {
                case EdgeKey.Form.Text text -> scalar(node, HttpWord.LINE);
                case EdgeKey.Form.Token token -> scalar(node, HttpWord.OF_A_REQUEST);
                case EdgeKey.Form.Hidden hidden -> scalar(node, HttpWord.HIDDEN_LINE);
                case EdgeKey.Form.Word(var words) ->
                    scalar(
                            node,
                            Kind.words(
                                    words.stream().collect(Collectors.toMap(Function.identity(), Function.identity())),
                                    Set.of()));
                case EdgeKey.Form.Address address -> scalar(node, HttpAddress.KIND);
                case EdgeKey.Form.Addresses addresses -> items(node, HttpAddress.KIND);
                case EdgeKey.Form.Texts texts -> items(node, HttpWord.LINE);
                case EdgeKey.Form.Headers headers ->
                    section.map(node).map(map -> {
                        Map<String, EdgeOption> members = new LinkedHashMap<>();
                        map.members().forEach((name, value) -> {
                            if (!HttpWord.isHeader(name)) {
                                section.reportValue(value, Code.BAD_VALUE, "no header that a file can set");
                            }
                            scalar(value, HttpWord.HIDDEN_LINE).ifPresent(text -> members.put(name, text));
                        });
                        return new EdgeOption.Members(members);
                    });
            };
        }

        private Optional<EdgeOption> scalar(Node node, Kind<String> kind) {
            return section.scalar(node, kind).map(EdgeOption.Text::new);
        }

        private Optional<EdgeOption> items(Node node, Kind<String> kind) {
            Optional<List<Node>> nodes = section.items(node);
            nodes.filter(List::isEmpty)
                    .ifPresent(none -> section.reportValue(node, Code.NOTHING_TO_DO, "the list is empty"));
            Set<EdgeOption> seen = new HashSet<>();
            return nodes.map(all -> new EdgeOption.Items(all.stream()
                    .flatMap(item -> scalar(item, kind).filter(read -> isNew(read, seen, item)).stream())
                    .toList()));
        }

        private boolean isNew(EdgeOption read, Set<EdgeOption> seen, Node item) {
            if (seen.add(read)) {
                return true;
            }
            section.reportValue(item, Code.CONFLICTING_KEYS, "it stands in this list twice");
            return false;
        }
    }
}
