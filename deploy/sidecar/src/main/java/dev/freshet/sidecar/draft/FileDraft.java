package dev.freshet.sidecar.draft;

import dev.freshet.rules.catalog.Catalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A configuration file with a rule for each table.
 *
 * @param url the database's, without a password
 * @param password a variable; empty: the server asks for none
 * @param cache the cache's url
 * @param slot of the replication slot, and of the publication
 */
public record FileDraft(
        String url, String user, Optional<String> password, String cache, String slot, List<RuleDraft> rules) {
    /** The name of a slot where it is free. */
    public static final String SLOT = "freshet";

    public FileDraft {
        rules = List.copyOf(rules);
    }

    /** For those of the tables whose rows can be told apart. */
    public static FileDraft of(
            String url, String user, Optional<String> password, String cache, Collection<Catalog.Table> tables) {
        Set<String> names = new HashSet<>();
        List<RuleDraft> rules = tables.stream()
                .filter(table -> RuleDraft.obstacle(table).isEmpty())
                .map(table -> RuleDraft.of(table, names))
                .toList();
        return new FileDraft(url, user, password, cache, SLOT, rules);
    }

    /** The same by another slot. */
    public FileDraft with(String otherSlot) {
        return new FileDraft(url, user, password, cache, otherSlot, rules);
    }

    /** The part that says where everything is. */
    public String connections() {
        return """
                source:
                  type: postgresql
                  url: %s
                  user: %s
                  %s
                  slot: %s# made when it is missing; one slot for each running file
                  publication: %s# made for the tables below, where the user may
                  snapshot: initial             # the tables are read once, before changes are followed

                cache:
                  url: %s
                  # prefix: "shop:"             # put before every key, where others use the same cache
                """.formatted(
                quoted(url),
                quoted(user),
                password.map(variable -> "password: " + quoted(variable))
                        .orElse("# password: ${env:PGPASSWORD}    # or ${file:/run/secrets/db}; never in the url"),
                padded(slot, 24),
                padded(slot, 17),
                quoted(cache));
    }

    /** With blanks up to a width, one at least. */
    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** All of it. */
    public String text() {
        List<String> parts = new ArrayList<>();
        parts.add(
                "# Which cache entries follow from which rows. Next: freshet check --connect, freshet run --dry-run.\n");
        parts.add(connections());
        parts.add("rules:\n" + rules.stream().map(FileDraft::text).collect(Collectors.joining("\n")));
        return String.join("\n", parts);
    }

    private static String text(RuleDraft rule) {
        String leftOut = rule.leftOut().isEmpty()
                ? ""
                : "        # left out, since it looks like a secret: "
                        + rule.leftOut().stream().map(FileDraft::quoted).collect(Collectors.joining(", ")) + "\n";
        return """
                  %s:
                    table: %s
                    # where: status == "live"   # rows that belong here; an entry goes when its row leaves
                    put:
                      - key: %s
                        as: json
                        value: %s
                %s        ttl: none               # it lives until its row changes or goes
                """.formatted(
                        quoted(rule.name()),
                        quoted(rule.table().id().toString()),
                        quoted(rule.template()),
                        value(rule),
                        leftOut);
    }

    private static String value(RuleDraft rule) {
        if (rule.expressions().isEmpty()) {
            return rule.columns().stream().map(FileDraft::quoted).collect(Collectors.joining(", ", "[", "]"));
        }
        return rule.expressions().entrySet().stream()
                .map(member -> quoted(member.getKey()) + ": " + quoted(member.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** In double quotes, unless it is a plain word. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_./-]*")
                ? text
                : '"'
                        + text.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\t", "\\t")
                        + '"';
    }
}
