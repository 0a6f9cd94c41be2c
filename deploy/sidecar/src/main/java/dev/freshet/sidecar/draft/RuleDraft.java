package dev.freshet.sidecar.draft;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Compiled;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.yaml.SecretColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A rule that keeps one entry for each row of a table.
 *
 * @param name the rule's
 * @param key columns of the table's first unique key; at least one
 * @param columns what the entry holds
 * @param leftOut columns that look like secrets
 */
public record RuleDraft(
        String name, Catalog.Table table, List<String> key, List<String> columns, List<String> leftOut) {
    private static final Pattern NAMED = Pattern.compile("[^.\\s{}*]+");

    /** What a list of columns would take for an expression. */
    private static final Pattern ODD = Pattern.compile(".*[(){}\\[\\]\"'+*/=<>!&|?:].*", Pattern.DOTALL);

    public RuleDraft {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        leftOut = List.copyOf(leftOut);
    }

    /** Why a table can have no such rule; empty where it can. */
    public static Optional<String> obstacle(Catalog.Table table) {
        if (table.uniqueKeys().isEmpty()) {
            return Optional.of("it has no primary key, so its rows have no entries of their own");
        }
        return NAMED.matcher(table.id().schema()).matches()
                        && NAMED.matcher(table.id().name()).matches()
                ? Optional.empty()
                : Optional.of("rules cannot write a name with a dot, a blank, a brace or a star in it");
    }

    /** Of a table without {@link #obstacle}; {@code taken} has the names of other rules, this one is added. */
    static RuleDraft of(Catalog.Table table, Set<String> taken) {
        List<String> key = table.uniqueKeys().getFirst();
        List<String> columns = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Catalog.Column column : table.columns()) {
            boolean isSecret = SecretColumns.looksSecret(column.name()) && !key.contains(column.name());
            (isSecret ? leftOut : columns).add(column.name());
        }
        return new RuleDraft(name(table, taken), table, key, columns, leftOut);
    }

    private static String name(Catalog.Table table, Set<String> taken) {
        String plain = plain(table.id().name());
        String name = taken.add(plain) ? plain : plain(table.id().schema()) + "-" + plain;
        String numbered = name;
        for (int i = 2; !name.equals(plain) && !taken.add(numbered); i++) {
            numbered = name + "-" + i;
        }
        return numbered;
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    }

    /** The key's template: the rule's name and what the row is known by. */
    String template() {
        return name + ":"
                + key.stream().map(column -> "{" + expression(column) + "}").collect(Collectors.joining(":"));
    }

    /** The columns as expressions, by their names; empty where their names alone say it. */
    SequencedMap<String, String> expressions() {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        if (columns.stream().anyMatch(column -> ODD.matcher(column).matches())) {
            columns.forEach(column -> all.put(column, expression(column)));
        }
        return all;
    }

    /** A column as an expression has it. */
    private static String expression(String column) {
        boolean isPlain = column.matches("[A-Za-z_][A-Za-z0-9_]*")
                && Template.compile("{" + column + "}") instanceof Compiled.Ready<Template>(Template template)
                && template.columns().equals(Set.of(column));
        return isPlain ? column : "row[\"" + column.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }
}
