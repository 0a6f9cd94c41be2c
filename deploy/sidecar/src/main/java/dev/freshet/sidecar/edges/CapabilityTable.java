package dev.freshet.sidecar.edges;

import dev.freshet.rules.edge.Ability;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.rules.edge.Plan;
import dev.freshet.rules.edge.Rate;
import dev.freshet.rules.edge.TagHeader;
import dev.freshet.sidecar.outcome.Lengths;
import dev.freshet.sidecar.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each make of edge can, as tables.
 *
 * @param title a sentence that says what the cells are
 */
public record CapabilityTable(String title, Table table) {
    /** All of them. */
    public static List<CapabilityTable> all() {
        return List.of(names(), calls(), grants(), tags());
    }

    private static CapabilityTable names() {
        return new CapabilityTable(
                "Names in one call, by kind. Soft: the old object may be served until the new one is there.",
                table(
                        Stream.concat(
                                        Stream.of("type"),
                                        Arrays.stream(Edge.Kind.values()).map(Edge.Kind::word))
                                .toList(),
                        type -> List.of(Stream.concat(
                                        Stream.of(type.word()),
                                        Arrays.stream(Edge.Kind.values())
                                                .map(type::ability)
                                                .map(CapabilityTable::ability))
                                .toList())));
    }

    private static String ability(Optional<Ability> ability) {
        return ability.map(can -> Figures.count(can.perCall())
                        + (can.soft() ? ", soft" : "")
                        + can.needs().map(key -> ", with " + key).orElse(""))
                .orElse(Figures.NONE);
    }

    private static CapabilityTable calls() {
        return new CapabilityTable(
                "Calls: how long a purge waits for others that can go with it, and how much goes at a time.",
                table(
                        List.of(
                                "type",
                                "gather",
                                "calls at a time",
                                "bytes of names in one",
                                "to each node",
                                "a name costs"),
                        type -> List.of(List.of(
                                type.word(),
                                type.gather().isZero() ? Figures.NONE : Lengths.text(type.gather()),
                                Figures.count(type.callsUnderWay()),
                                Figures.count(type.bytesPerCall()),
                                Figures.yes(type.hasNodes()),
                                Figures.yes(type.isCharged())))));
    }

    private static CapabilityTable grants() {
        return new CapabilityTable(
                "What providers grant: a bucket that holds so much and fills so fast. Kinds on one line share it.",
                table(
                        List.of("type", "plan", "by", "at once", "a minute"),
                        type -> type.plans().stream()
                                .flatMap(plan -> Grant.of(type, plan).stream().map(grant -> grant(type, plan, grant)))
                                .toList()));
    }

    private static List<String> grant(EdgeType type, Plan plan, Grant grant) {
        return List.of(
                type.word(),
                plan.name().isEmpty() ? Figures.NONE : plan.name(),
                grant.kinds().stream().map(Edge.Kind::word).collect(Collectors.joining(" ")),
                Figures.rate(grant.rate(), Rate::burst),
                Figures.rate(grant.rate(), Rate::perMinute));
    }

    private static CapabilityTable tags() {
        return new CapabilityTable(
                "Tags: the header of responses in which they stand, and how much of it is read.",
                table(
                        List.of(
                                "type",
                                "header",
                                "between tags",
                                "bytes of a tag",
                                "of all",
                                "tags of an object",
                                "A and a"),
                        type -> List.of(type.tags()
                                .map(header -> tags(type, header))
                                .orElse(List.of(
                                        type.word(),
                                        Figures.NONE,
                                        Figures.NONE,
                                        Figures.NONE,
                                        Figures.NONE,
                                        Figures.NONE,
                                        Figures.NONE)))));
    }

    private static List<String> tags(EdgeType type, TagHeader header) {
        return List.of(
                type.word(),
                header.name().orElse("what header says"),
                separator(header),
                Figures.count(header.longestTag()),
                Figures.count(header.longest()),
                Figures.count(header.most()),
                header.foldsCase() ? "are one" : "are two");
    }

    private static String separator(TagHeader header) {
        return switch (header.separator()) {
            case " " -> "a space";
            case "," -> "a comma";
            case ", " -> "a comma and a space";
            default -> header.separator();
        };
    }

    private static Table table(List<String> head, Function<EdgeType, List<List<String>>> rows) {
        List<List<String>> all = new ArrayList<>(List.of(head));
        for (EdgeType type : EdgeType.values()) {
            all.addAll(rows.apply(type));
        }
        return new Table(all);
    }
}
