package dev.freshet.connector.kafka.connect;

import dev.freshet.plan.OldRowNeeds;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.NotASchemaException;
import dev.freshet.rules.catalog.SchemaFile;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.settings.SinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The properties of a connector that are Freshet's: {@code freshet.} and the key that a file has for it. Values are read as a file's
 * are; Connect's own configuration providers stand for secrets.
 */
final class SinkProperties {
    static final String PREFIX = "freshet.";
    static final String RULES = "freshet.rules";
    static final String SCHEMA = "freshet.schema";
    static final String CACHE_URL = "freshet.cache.url";
    static final String BROKERS = "freshet.source.kafka.bootstrap.servers";

    /** Which task it is; the connector's own to say. */
    static final String TASK = "freshet.task";

    private static final Path INLINE = Path.of(RULES);

    private SinkProperties() {}

    /** One thing that is wrong with a property. */
    record Problem(String property, String text) {}

    /**
     * A connector's configuration.
     *
     * @param loaded its rules
     * @param catalog the tables, as far as they are known
     */
    record Sound(Loading.Loaded<Map<String, Node>> loaded, Catalog catalog, SinkSettings settings) {}

    /** What came of reading: something that can be used, or problems. */
    record Read(Optional<Sound> sound, List<Problem> problems) {}

    /** Every problem but that a required property is missing, which the definition tells. */
    static List<Problem> problems(Map<String, String> properties) {
        return read(properties).problems();
    }

    static Read read(Map<String, String> properties) {
        List<Problem> problems = new ArrayList<>();
        SinkSettings.Read settings = SinkSettings.read(PREFIX, shell(properties));
        boolean isComplete = SinkDefinition.required().allMatch(properties::containsKey);
        settings.problems().stream()
                .filter(dev.freshet.rules.yaml.Problem::isError)
                .filter(problem -> isComplete || problem.code() != Code.MISSING_KEY)
                .forEach(problem ->
                        problems.add(new Problem(written(problem.place().file(), properties), problem.text())));
        Optional<Catalog> catalog = catalog(properties, problems);
        Optional<Loading.Loaded<Map<String, Node>>> rules =
                catalog.flatMap(tables -> rules(properties, tables, problems));
        return new Read(
                rules.filter(sound -> problems.isEmpty())
                        .flatMap(loaded -> settings.settings()
                                .map(sound -> new Sound(loaded, catalog.orElse(Catalog.NONE), sound))),
                List.copyOf(problems));
    }

    /** Those that a file has too, by their keys there. */
    private static Map<String, String> shell(Map<String, String> properties) {
        Map<String, String> shell = new HashMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && value != null) {
                shell.put(name.substring(PREFIX.length()), value);
            }
        });
        List.of(RULES, SCHEMA, TASK).forEach(own -> shell.remove(own.substring(PREFIX.length())));
        return shell;
    }

    /** The property that the user has written: a problem may be of a part of its name. */
    private static String written(String name, Map<String, String> properties) {
        return new TreeMap<>(properties)
                .keySet().stream()
                        .filter(each -> each.equals(name) || each.startsWith(name + "."))
                        .findFirst()
                        .orElse(name);
    }

    private static Optional<Catalog> catalog(Map<String, String> properties, List<Problem> problems) {
        String given = properties.get(SCHEMA);
        try {
            Optional<Path> file = given != null ? Optional.of(Path.of(given)) : besideRules(properties);
            return Optional.of(file.isPresent() ? SchemaFile.read(file.get()) : Catalog.NONE);
        } catch (NoSuchFileException e) {
            problems.add(new Problem(SCHEMA, "there is no file " + e.getMessage() + " on this worker"));
        } catch (IOException | NotASchemaException | InvalidPathException e) {
            problems.add(new Problem(SCHEMA, String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static Optional<Path> besideRules(Map<String, String> properties) {
        String rules = properties.get(RULES);
        return rules == null || rules.isBlank() || isInline(rules)
                ? Optional.empty()
                : Optional.of(Path.of(rules).resolveSibling(SchemaFile.NAME)).filter(Files::exists);
    }

    private static Optional<Loading.Loaded<Map<String, Node>>> rules(
            Map<String, String> properties, Catalog catalog, List<Problem> problems) {
        String rules = properties.get(RULES);
        if (rules == null) {
            return Optional.empty();
        }
        if (rules.isBlank()) {
            problems.add(new Problem(RULES, "expected the path of a YAML file, or the YAML itself, found nothing"));
            return Optional.empty();
        }
        RuleFiles files = new RuleFiles(Variables.ofProcess());
        return switch (isInline(rules)
                ? files.load(INLINE, rules, catalog, Shell.UNREAD)
                : files.load(Path.of(rules), catalog, Shell.UNREAD)) {
            case Loading.Loaded<Map<String, Node>> loaded -> {
                refusals(loaded.rules(), catalog).forEach(text -> problems.add(new Problem(RULES, text)));
                yield Optional.of(loaded);
            }
            case Loading.Refused<Map<String, Node>> refused -> {
                refused.problems().stream()
                        .filter(dev.freshet.rules.yaml.Problem::isError)
                        .forEach(problem -> problems.add(new Problem(RULES, problem.toString())));
                yield Optional.empty();
            }
        };
    }

    private static boolean isInline(String rules) {
        return rules.indexOf('\n') >= 0 || rules.startsWith("{");
    }

    private static List<String> refusals(RuleSet rules, Catalog catalog) {
        List<String> texts = new ArrayList<>();
        OldRowNeeds.of(rules, catalog).forEach(need -> texts.add(need + ": run " + need.statement() + ";"));
        if (rules.ask()) {
            texts.add("rules with query or for_each ask the database, and a sink has none: leave them to a process"
                    + " whose source.type is postgresql");
        }
        return texts;
    }
}
