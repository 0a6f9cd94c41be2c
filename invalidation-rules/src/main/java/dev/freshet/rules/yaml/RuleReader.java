package dev.freshet.rules.yaml;

import dev.freshet.rules.ForEach;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.OnTruncate;
import dev.freshet.rules.Publication;
import dev.freshet.rules.Purge;
import dev.freshet.rules.Put;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.TableSelector;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Keys;
import dev.freshet.rules.expression.Use;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one rule. */
final class RuleReader {
    /** Warnings of the language that this version does not give. */
    private static final Set<String> LATER_WARNINGS = Set.of("hot-key", "cascade");

    private static final Kind<Code> WARNING = Kind.words(
            Code.acceptable().stream()
                    .collect(Collectors.toMap(Code::text, code -> code, (a, b) -> a, LinkedHashMap::new)),
            LATER_WARNINGS);

    private final Catalog catalog;
    private final Problems file;
    private final Keepers keepers;
    private final Edges edges;
    private final Optional<Ttl> defaultTtl;
    private final Problems problems = new Problems();
    private final Keys givenKeys;
    private final RuleTexts texts;
    private final Reading reading = new Reading(problems);
    private final Set<Code> allowed = EnumSet.noneOf(Code.class);

    RuleReader(Catalog catalog, Problems file, Keepers keepers, Edges edges, Keys keys, Optional<Ttl> defaultTtl) {
        this.givenKeys = keys;
        this.texts = new RuleTexts(keys, problems);
        this.edges = edges;
        this.catalog = catalog;
        this.file = file;
        this.keepers = keepers;
        this.defaultTtl = defaultTtl;
    }

    /** Empty where the node is no map at all; otherwise what could be read, for use where nothing was reported. */
    Optional<Rule> read(RuleName name, Node node) {
        Optional<Rule> rule = reading.section(node).map(section -> {
            Rule read = read(name, section);
            section.finish();
            return read;
        });
        file.addAll(problems, allowed);
        return rule;
    }

    private Rule read(RuleName name, Section section) {
        TableReader tableReader = new TableReader(texts, catalog, problems);
        List<TableSelector> tables =
                section.requiredNode("table").map(tableReader::read).orElse(List.of());
        Optional<Expression> where = section.node("where").flatMap(node -> texts.expression(node, Use.CONDITION));
        Set<String> columns = columns(section);
        Optional<Expression> when =
                section.node("when").flatMap(node -> texts.ofEvent().expression(node, Use.CONDITION));
        QueryReader queries = new QueryReader(tables, catalog, problems);
        Optional<ForEach> forEach = section.node("for_each").flatMap(node -> queries.forEach(node, texts));
        RuleTexts ofActions = forEach.map(each -> texts.with(each.variable())).orElse(texts);
        NamingRows rows = new NamingRows(tables, section.has("for_each"));
        KeyReader keys = new KeyReader(rows, ofActions, keepers, catalog, problems, !section.has("on_truncate"));
        PutReader putReader = new PutReader(keys, ofActions, queries, section.has("for_each"), defaultTtl, problems);
        List<Put> puts = section.sections("put", "key").stream()
                .flatMap(put -> putReader.read(put).stream())
                .toList();
        notWithPut(section, puts, "columns", "so it follows every column it reads");
        notWithPut(section, puts, "when", "so it follows every change of it");
        List<Invalidation> invalidations = section.sections("invalidate", "key").stream()
                .flatMap(item -> keys.invalidation(item).stream())
                .toList();
        TagCheck tags = new TagCheck(tables, forEach.map(ForEach::variable), catalog, problems);
        PurgeReader purgeReader = new PurgeReader(edges, ofActions, tags, problems);
        List<Purge> purges = section.sections("purge", "tag").stream()
                .flatMap(item -> purgeReader.read(item).stream())
                .toList();
        PublicationReader publicationReader = new PublicationReader(rows, keepers, ofActions.ofEvent(), problems);
        List<Publication> publications = section.sections("publish", "stream").stream()
                .flatMap(item -> publicationReader.read(item).stream())
                .toList();
        OnTruncate onTruncate = new TruncateReader(tables, keepers, edges, givenKeys, problems).read(section);
        int limit = section.optional("limit", Kind.whole(1, Rule.HIGHEST_LIMIT)).orElse(Rule.DEFAULT_LIMIT);
        readAllowed(section);
        checkActions(section);
        new ColumnCheck(catalog, problems).check(tables, texts.uses());
        new TypeCheck(catalog, problems).check(tables, texts.typed());
        List<Catalog.Table> known = tables.stream()
                .flatMap(selector -> ColumnCheck.tables(catalog, selector).stream())
                .distinct()
                .toList();
        texts.all().forEach(all -> SecretColumns.report(all, known, problems));
        if (problems.errors() == 0) {
            tableReader.reportUnusedNames();
        }
        return new Rule(
                name,
                tables,
                where,
                columns,
                when,
                forEach.map(each -> each.reading(ofActions.found())),
                puts,
                invalidations,
                purges,
                publications,
                onTruncate,
                limit,
                allowed.stream().map(Code::text).collect(Collectors.toUnmodifiableSet()));
    }

    private Set<String> columns(Section section) {
        Set<String> columns = new LinkedHashSet<>();
        section.items("columns").forEach(node -> texts.column(node).ifPresent(columns::add));
        return columns;
    }

    private void notWithPut(Section section, List<Put> puts, String key, String consequence) {
        if (section.has(key) && puts.stream().anyMatch(RowPut.class::isInstance)) {
            section.node(key)
                    .ifPresent(node -> problems.add(Problem.atName(
                                    node.spot(),
                                    Code.CONFLICTING_KEYS,
                                    "not allowed on a rule with a put: the entry holds what its row says, "
                                            + consequence)
                            .suggesting("remove it, or move what it is meant for to a rule of its own")));
        }
    }

    private void checkActions(Section section) {
        if (!section.has("put", "invalidate", "purge", "publish")) {
            section.report(
                    Code.NOTHING_TO_DO, "the rule does nothing; give it 'put', 'invalidate', 'purge' or 'publish'");
        }
        for (String actions : List.of("put", "invalidate", "purge", "publish", "columns")) {
            section.node(actions)
                    .filter(node ->
                            node instanceof Node.Items items && items.nodes().isEmpty())
                    .ifPresent(node -> problems.atValue(node, Code.NOTHING_TO_DO, "the list is empty"));
        }
    }

    private void readAllowed(Section section) {
        section.items("allow").forEach(node -> reading.scalar(node, WARNING).ifPresent(allowed::add));
    }
}
