package dev.freshet.sidecar.cases;

import dev.freshet.change.Change;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Planner;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.NotASchemaException;
import dev.freshet.rules.catalog.SchemaFile;
import dev.freshet.rules.yaml.Answer;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.Place;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.Problems;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Section;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.rules.yaml.YamlFile;
import dev.freshet.sidecar.given.GivenRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A test file: rules, and cases for them. Secrets of the rules' file are not looked at, so they need not be there. */
public final class CaseFile {
    private static final String RULES = "freshet.yaml";
    private static final Kind<Path> PATH = text -> {
        try {
            return text.isEmpty() ? Answer.isNot("a file") : Answer.is(Path.of(text));
        } catch (InvalidPathException e) {
            return Answer.isNot("a file");
        }
    };

    private final Path file;
    private final Problems problems = new Problems();

    private CaseFile(Path file) {
        this.file = file;
    }

    /** What came of reading one. */
    public sealed interface Read {
        record Right(Path file, List<Case> cases, Planner planner) implements Read {
            public Right {
                cases = List.copyOf(cases);
            }
        }

        /** Every problem of it and of the rules it names, in the order of their places. */
        record Wrong(List<Problem> problems) implements Read {
            public Wrong {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Reads a test file, named as problems shall name it. */
    public static Read read(Path file) {
        return new CaseFile(file).read();
    }

    private Read read() {
        return YamlFile.read(file, problems)
                .<Read>flatMap(this::read)
                .filter(right -> problems.errors() == 0)
                .orElseGet(() -> new Read.Wrong(
                        problems.sorted().stream().filter(Problem::isError).toList()));
    }

    private Optional<Read> read(Section top) {
        Optional<Path> config = config(top);
        Catalog catalog = catalog(top, config);
        Optional<RuleSet> rules = config.flatMap(path -> rules(path, catalog));
        List<Case> cases = new ArrayList<>();
        Map<String, Place> names = new HashMap<>();
        for (Section each : top.sections("cases", "name")) {
            read(each, catalog, rules, names).ifPresent(cases::add);
        }
        if (cases.isEmpty() && problems.errors() == 0) {
            top.report(Code.NOTHING_TO_DO, "there are no cases; write them under 'cases'");
        }
        top.finish();
        return rules.map(read -> new Read.Right(file, cases, new Planner(read, catalog, OldKeys.REQUIRED)));
    }

    private Optional<Path> config(Section top) {
        Optional<Node> said = top.node("config");
        Optional<Path> config = said.isEmpty()
                ? Optional.of(file.resolveSibling(RULES))
                : top.optional("config", PATH).map(file::resolveSibling);
        if (config.isPresent() && !Files.exists(config.get())) {
            said.ifPresentOrElse(
                    node -> problems.atValue(node, Code.UNREADABLE_FILE, "there is no file " + config.get()),
                    () -> top.report(
                            Code.MISSING_KEY,
                            "'config' is missing, and there is no " + RULES + " beside this file; it names the rules"));
            return Optional.empty();
        }
        return config;
    }

    private Catalog catalog(Section top, Optional<Path> config) {
        Optional<Node> said = top.node("schema");
        Optional<Path> schema = said.isPresent()
                ? top.optional("schema", PATH).map(file::resolveSibling)
                : config.map(path -> path.resolveSibling(SchemaFile.NAME)).filter(Files::exists);
        try {
            return schema.isPresent() ? SchemaFile.read(schema.get()) : Catalog.NONE;
        } catch (IOException e) {
            report(said, top, "there is no file " + schema.orElseThrow() + " that can be read");
        } catch (NotASchemaException e) {
            report(said, top, String.valueOf(e.getMessage()));
        }
        return Catalog.NONE;
    }

    private void report(Optional<Node> said, Section top, String message) {
        said.ifPresentOrElse(
                node -> problems.atValue(node, Code.UNREADABLE_FILE, message),
                () -> top.report(Code.UNREADABLE_FILE, message));
    }

    private Optional<RuleSet> rules(Path config, Catalog catalog) {
        return switch (new RuleFiles(Variables.whereTheyAreKnown()).load(config, catalog, Shell.UNREAD)) {
            case Loading.Loaded<Map<String, Node>> loaded -> Optional.of(loaded.rules());
            case Loading.Refused<Map<String, Node>> refused -> {
                refused.problems().forEach(problems::add);
                yield Optional.empty();
            }
        };
    }

    private Optional<Case> read(Section each, Catalog catalog, Optional<RuleSet> rules, Map<String, Place> names) {
        Optional<String> name = each.required("name", Kind.TEXT);
        name.ifPresent(text -> unique(each, text, names));
        Optional<Change> change =
                each.requiredSection("given").flatMap(given -> new GivenReader(catalog, problems).read(given));
        Map<RuleName, List<GivenRow>> answers = new AnswersReader(rules, problems).read(each);
        Optional<Case.Expected> expected = new ExpectReader().read(each);
        each.finish();
        return each.ifSound(() -> new Case(
                name.orElseThrow(), each.spot().name(), change.orElseThrow(), answers, expected.orElseThrow()));
    }

    private void unique(Section each, String name, Map<String, Place> names) {
        Place first = names.putIfAbsent(name, each.spot().name());
        if (first != null) {
            each.node("name")
                    .ifPresent(node -> problems.atValue(
                            node, Code.BAD_VALUE, "a case of this name stands at " + first + " already"));
        }
    }
}
