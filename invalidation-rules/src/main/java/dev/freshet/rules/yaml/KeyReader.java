package dev.freshet.rules.yaml;

import dev.freshet.rules.Invalidation;
import dev.freshet.rules.OwnKeys;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.TableSelector;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Template;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the keys of one rule and checks what can be said of a key before any row is seen.
 *
 * @param matchedOnTruncate whether a truncate must find the rule's entries by their keys
 */
record KeyReader(
        NamingRows rows,
        RuleTexts texts,
        Keepers keepers,
        Catalog catalog,
        Problems problems,
        boolean matchedOnTruncate) {

    /** For keys that no row names, which nothing keeps and no truncate has to find. */
    static KeyReader withoutRows(RuleTexts texts, Problems problems) {
        return new KeyReader(
                new NamingRows(List.of(), false), texts, new Keepers(new Problems()), Catalog.NONE, problems, false);
    }

    /** One item of {@code invalidate}. */
    Optional<Invalidation> invalidation(Section item) {
        Optional<Invalidation> read = item.oneOf("key", "tag", "prefix").flatMap(by -> {
            Node node = item.node(by).orElseThrow();
            return switch (by) {
                case "key" -> invalidated(node).map(Invalidation.ByKey::new);
                case "tag" -> invalidatedTag(node).map(Invalidation.ByTag::new);
                default -> invalidatedPrefix(node).map(Invalidation.ByPrefix::new);
            };
        });
        item.finish();
        return read;
    }

    /** The key of an entry that one row owns; {@code tagged}: it can be found by its tags as well. */
    Optional<Template> whole(Node node, boolean tagged) {
        return texts.template(node).map(found -> {
            KeyText key = KeyText.of(found.value());
            checkIsNotOwn(found.scalar(), key, "key", problems);
            if (!tagged) {
                checkForm(found.scalar(), key, "register the entry under tags that do, or ");
            }
            checkVaries(found.scalar(), key);
            checkTellsTextsApart(found.scalar(), key);
            checkHoldsUniqueKey(found.scalar(), key);
            checkTellsTablesApart(found.scalar(), key);
            keepers.put(rows, found.scalar(), key);
            return found.value();
        });
    }

    /** The key of an entry that a query fills; {@code tagged}: it can be found by its tags as well. */
    Optional<RuleTexts.Compilation<Template>> queried(Node node, boolean tagged) {
        Optional<RuleTexts.Compilation<Template>> read = texts.name(node);
        read.ifPresent(found -> {
            KeyText key = KeyText.of(found.value());
            checkIsNotOwn(found.scalar(), key, "key", problems);
            if (!tagged) {
                checkMatchable(found.scalar(), key, "key", "register the entry under tags that do, or ");
            }
            checkTellsTextsApart(found.scalar(), key);
        });
        return read;
    }

    /** The key of an entry that rows share; {@code form} is empty where it could not be read. */
    Optional<Template> shared(Node node, Optional<RowPut.Shared> form) {
        return texts.template(node).map(found -> {
            KeyText key = KeyText.of(found.value());
            checkIsNotOwn(found.scalar(), key, "key", problems);
            checkForm(found.scalar(), key, "or ");
            checkTellsTextsApart(found.scalar(), key);
            form.ifPresent(shared -> {
                if (shared instanceof RowPut.AsMergedHash) {
                    checkVaries(found.scalar(), key);
                }
                keepers.shared(rows, found.scalar(), key, shared);
            });
            return found.value();
        });
    }

    /** The key of an invalidation. */
    Optional<Template> invalidated(Node node) {
        return texts.template(node).map(found -> {
            KeyText key = KeyText.of(found.value());
            checkIsNotOwn(found.scalar(), key, "key", problems);
            checkForm(found.scalar(), key, "or ");
            checkVaries(found.scalar(), key);
            keepers.invalidated(rows, found.scalar(), key);
            return found.value();
        });
    }

    /** The tag of an invalidation. */
    Optional<Template> invalidatedTag(Node node) {
        return texts.name(node).map(found -> {
            checkMatchable(found.scalar(), KeyText.of(found.value()), "tag", "or ");
            return found.value();
        });
    }

    /** The prefix of an invalidation. */
    Optional<Template> invalidatedPrefix(Node node) {
        return texts.name(node).map(found -> {
            KeyText prefix = KeyText.of(found.value());
            checkIsNotOwn(found.scalar(), prefix, "prefix", problems);
            checkMatchable(found.scalar(), prefix, "prefix", "or ");
            problems.add(Problem.atName(
                            node.spot(),
                            Code.SCAN,
                            "for a prefix the cache looks at every key it holds, at each change that counts")
                    .suggesting("use a tag, or write allow: [scan] in the rule"));
            keepers.invalidatedPrefix(rows, found.scalar(), prefix);
            return found.value();
        });
    }

    /** Reports what the cache's writer would refuse for each row; {@code what}: key, prefix or stream. */
    static void checkIsNotOwn(Node.Scalar scalar, KeyText name, String what, Problems problems) {
        if (!name.parts().isEmpty()
                && name.parts().getFirst() instanceof Template.Literal(String text)
                && OwnKeys.contain(text)) {
            problems.add(Problem.atValue(
                            scalar.spot(),
                            Code.RESERVED_KEY,
                            "the " + what + " begins with '" + OwnKeys.PREFIX
                                    + "', as those do that Freshet keeps for itself in the cache")
                    .suggesting("begin it otherwise"));
        }
    }

    private void checkForm(Node.Scalar scalar, KeyText key, String otherwise) {
        if (key.parts().isEmpty()) {
            problems.atValue(scalar, Code.BAD_VALUE, "a key is not empty");
        } else {
            checkMatchable(scalar, key, "key", otherwise);
        }
    }

    private void checkMatchable(Node.Scalar scalar, KeyText name, String what, String otherwise) {
        if (name.beginsWithHole() && matchedOnTruncate) {
            String others = what.equals("prefix") ? "prefixes" : what + "s";
            problems.add(Problem.atValue(
                            scalar.spot(),
                            Code.UNMATCHABLE_KEY,
                            "the " + what + " begins with an expression, so a truncate cannot tell it from other "
                                    + others)
                    .suggesting(
                            "begin it with a text, " + otherwise + "write on_truncate: {} to keep the entries then"));
        }
    }

    private void checkVaries(Node.Scalar scalar, KeyText key) {
        if (!rows.tables().isEmpty() && !key.parts().isEmpty() && key.isConstant()) {
            problems.add(Problem.atValue(
                            scalar.spot(), Code.CONSTANT_KEY, "every row has the same key, '" + scalar.text() + "'")
                    .suggesting("put a column in it, such as " + scalar.text() + ":{id}"));
        }
    }

    /** {@code a:{x}:{y}} is one key for the texts "1:2" and "3", and for "1" and "2:3". */
    private void checkTellsTextsApart(Node.Scalar scalar, KeyText key) {
        List<String> texts = key.plainColumns().stream().filter(this::isText).toList();
        if (texts.size() > 1) {
            problems.add(Problem.atValue(
                            scalar.spot(),
                            Code.COLLIDING_KEY,
                            "two rows can have this key, since the texts '" + texts.get(0) + "' and '" + texts.get(1)
                                    + "' may hold what stands between them")
                    .suggesting("write {hash(" + texts.get(0) + ")}"));
        }
    }

    private boolean isText(String column) {
        return rows.tables().stream()
                .filter(selector -> !selector.names().containsKey(column))
                .flatMap(selector -> ColumnCheck.tables(catalog, selector).stream())
                .flatMap(table -> table.column(column).stream())
                .anyMatch(found -> found.kind() == Catalog.Kind.TEXT);
    }

    private void checkHoldsUniqueKey(Node.Scalar scalar, KeyText key) {
        for (TableSelector selector : rows.tables()) {
            Set<String> telling = telling(selector, key);
            for (Catalog.Table table : ColumnCheck.tables(catalog, selector)) {
                if (table.uniqueKeys().stream().noneMatch(telling::containsAll)) {
                    problems.atValue(scalar, Code.SHARED_KEY, sharedKey(table));
                    return;
                }
            }
        }
    }

    /** A key without the table's name, or a name of its own for each table, may be had by a row of each. */
    private void checkTellsTablesApart(Node.Scalar scalar, KeyText key) {
        String said = String.join(" ", key.expressions());
        boolean anySchema =
                rows.tables().stream().anyMatch(selector -> selector.schema().indexOf('*') >= 0);
        boolean anyName =
                rows.tables().stream().anyMatch(selector -> selector.table().indexOf('*') >= 0);
        boolean apart = (!anySchema || said.contains("table.schema"))
                && (!anyName || said.contains("table.name"))
                && (rows.tables().size() < 2 || said.contains("table."));
        if (!apart && key.expressions().stream().noneMatch(this::namesTables)) {
            problems.add(Problem.atValue(
                            scalar.spot(),
                            Code.SHARED_KEY,
                            "rows of two tables can have this key, and one would hold the other's entry")
                    .suggesting("put " + (anySchema ? "{table.schema}" : "{table.name}") + " in it"));
        }
    }

    /** Whether it is a name that each table has, and that says something of the table and nothing of its rows. */
    private boolean namesTables(String expression) {
        return rows.tables().stream()
                .allMatch(selector -> Optional.ofNullable(selector.names().get(expression))
                        .filter(named -> named.columns().isEmpty())
                        .isPresent());
    }

    /** Its telling columns, those behind the names that the selector gives included. */
    private static Set<String> telling(TableSelector selector, KeyText key) {
        Set<String> telling = new HashSet<>();
        for (String column : key.tellingColumns()) {
            telling.add(column);
            Optional.ofNullable(selector.names().get(column))
                    .flatMap(named -> KeyText.tellingColumn(named.source()))
                    .ifPresent(telling::add);
        }
        return telling;
    }

    private static String sharedKey(Catalog.Table table) {
        String shared =
                "two rows of " + table.id() + " can have this key, and removing one would remove the other's entry; ";
        return table.uniqueKeys().isEmpty()
                ? shared + "the table has no unique key at all"
                : shared + "it must hold a unique key: "
                        + table.uniqueKeys().stream()
                                .map(columns -> columns.stream()
                                        .map(column -> "{" + column + "}")
                                        .collect(Collectors.joining(" and ")))
                                .collect(Collectors.joining(", or "));
    }
}
