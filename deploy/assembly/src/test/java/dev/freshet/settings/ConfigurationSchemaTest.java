package dev.freshet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * {@code deploy/freshet.schema.json} knows what the readers know. With {@code -Dfreshet.golden=rewrite} it is written anew.
 */
class ConfigurationSchemaTest {
    private static final Path FILE = Path.of("../freshet.schema.json");
    private static final Path RULES = Path.of("../../invalidation-rules/src/test/resources");
    private static final Path HERE = Path.of("src/test/resources");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(ConfigurationSchema.make());

    /** What is wrong with a file's form, and not with what its texts say. */
    private static final Set<Code> OF_FORM = Set.of(Code.UNKNOWN_KEY, Code.MISSING_KEY, Code.WRONG_KIND);

    /** Their mistake of form is one that only a process has, or that a schema takes for something else. */
    private static final Set<String> BEYOND_A_SCHEMA = Set.of(
            "sections-missing.yaml", // a file of rules alone is right where another one includes it
            "kafka-logins.yaml"); // what Kafka's clients need depends on a value

    private static final String EDITOR_LINE = "# yaml-language-server: $schema=";
    private static final Pattern UNKNOWN = Pattern.compile("\\S+ (\\S*?)\\.?zzzzzz: unknown key; allowed: (.*)");

    static Stream<Path> right() {
        return Stream.of(Path.of("../examples"), RULES.resolve("valid"), Path.of("../sidecar/src/test/resources/cases"))
                .flatMap(ConfigurationSchemaTest::yaml)
                .filter(file -> !file.toString().endsWith("-test.yaml")
                        && !file.toString().contains("wrong"));
    }

    static Stream<Path> examples() {
        return yaml(Path.of("../examples")).filter(file -> !file.toString().endsWith("-test.yaml"));
    }

    static Stream<Path> wrong() {
        return Stream.of(RULES.resolve("invalid"), HERE.resolve("invalid"))
                .flatMap(ConfigurationSchemaTest::yaml)
                .filter(file -> tree(file).isPresent())
                .filter(file -> problems(file).stream().anyMatch(problem -> OF_FORM.contains(problem.code())))
                .filter(file -> !BEYOND_A_SCHEMA.contains(file.getFileName().toString()));
    }

    private static Stream<Path> yaml(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theFileIsWhatTheCodeMakes() throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        String made = JSON.writer(printer).writeValueAsString(ConfigurationSchema.make()) + "\n";

        if ("rewrite".equals(System.getProperty("freshet.golden"))) {
            Files.writeString(FILE, made);
        }
        assertThat(made).isEqualTo(Files.readString(FILE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("right")
    void acceptsWhatIsRight(Path file) {
        assertThat(refusals(tree(file).orElseThrow())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void refusesWhatHasAWrongForm(Path file) {
        assertThat(refusals(tree(file).orElseThrow())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad-durations-and-words.yaml", "limits.yaml"})
    void refusesWordsAndNumbersThatAreNone(String file) {
        assertThat(refusals(tree(RULES.resolve("invalid").resolve(file)).orElseThrow()))
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void editorsFindItFromEachExample(Path example) throws IOException {
        String first = Files.readAllLines(example).getFirst();

        assertThat(first).startsWith(EDITOR_LINE);
        assertThat(example.resolveSibling(first.substring(EDITOR_LINE.length())))
                .isRegularFile();
    }

    @Test
    void knowsTheKeysThatTheReadersAskFor(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), """
                source: {type: postgresql, url: "postgresql://localhost/shop", user: freshet}
                cache: {url: "redis://localhost", zzzzzz: 1}
                admin: {zzzzzz: 1}
                pipeline: {zzzzzz: 1}
                fence: {zzzzzz: 1}
                announce: {topic: t, zzzzzz: 1}
                keys: {zzzzzz: 1}
                defaults: {zzzzzz: 1}
                edges: {site: {type: varnish, nodes: ["http://127.0.0.1:6081"]}}
                zzzzzz: 1
                rules:
                  r:
                    table: public.product
                    put:
                      - {key: "a:{id}", as: json, value: [id], zzzzzz: 1}
                      - {key: "b:{id}", as: hash, merge: true, value: [id], zzzzzz: 1}
                      - {key: "c:{id}", as: hash, member: "{id}", value: id, zzzzzz: 1}
                      - {key: "d:{id}", as: sorted_set, member: "{id}", score: id, zzzzzz: 1}
                      - {key: "e:{id}", as: json, query: "select 1", zzzzzz: 1}
                    invalidate: [{key: "f:{id}", zzzzzz: 1}]
                    purge: [{tag: "g:{id}", escalate: [{all: true, zzzzzz: 1}], zzzzzz: 1}]
                    publish: [{stream: s, value: [id], zzzzzz: 1}]
                    on_truncate: {zzzzzz: 1}
                    zzzzzz: 1
                """);

        Map<String, Set<String>> asked = new TreeMap<>();
        for (Problem problem : problems(file)) {
            Matcher unknown = UNKNOWN.matcher(problem.toString());
            if (unknown.matches()) {
                asked.computeIfAbsent(schemaPath(unknown.group(1)), path -> new TreeSet<>())
                        .addAll(Arrays.asList(unknown.group(2).split(", ")));
            }
        }

        JsonNode schema = ConfigurationSchema.make();
        assertThat(asked).hasSize(15);
        asked.forEach((path, keys) ->
                assertThat(SchemaParts.keys(schema.at(path))).as(path).containsExactlyInAnyOrderElementsOf(keys));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: postgresql, url: 'postgresql://localhost/shop', user: freshet, zzzzzz: 1}",
                "{type: kafka, topics: [shop], kafka: {bootstrap.servers: 'localhost:9092'}, zzzzzz: 1}"
            })
    void knowsTheKeysOfEachSource(String source, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("freshet.yaml"),
                "source: " + source + "\ncache: {url: 'redis://localhost'}\nrules: {}\n");
        List<String> asked = problems(file).stream()
                .map(problem -> UNKNOWN.matcher(problem.toString()))
                .filter(Matcher::matches)
                .flatMap(unknown -> Stream.of(unknown.group(2).split(", ")))
                .toList();

        List<String> known = new ArrayList<>();
        for (JsonNode type : ConfigurationSchema.make().at("/properties/source/allOf")) {
            if (source.contains("type: " + type.at("/if/properties/type/const").asText() + ",")) {
                type.at("/then/propertyNames/enum").forEach(key -> known.add(key.asText()));
            }
        }
        assertThat(known).isNotEmpty().containsExactlyInAnyOrderElementsOf(asked);
    }

    /** Where the schema speaks of what stands at a path of the file. */
    private static String schemaPath(String path) {
        if (path.isEmpty()) {
            return "";
        }
        if (!path.startsWith("rules.")) {
            return "/properties/" + path;
        }
        String inRule = path.replaceFirst("rules\\.r\\.?", "").replaceAll("\\[\\d+]", "");
        return switch (inRule) {
            case "" -> "/definitions/rule";
            case "put" -> "/definitions/put";
            case "invalidate" -> "/definitions/invalidation";
            case "purge" -> "/definitions/purge";
            case "purge.escalate" -> "/definitions/escalation";
            case "publish" -> "/definitions/publication";
            case "on_truncate" -> "/definitions/rule/properties/on_truncate";
            default -> throw new IllegalArgumentException("the schema has nothing for " + path);
        };
    }

    private static List<Problem> problems(Path file) {
        Loading<?> loading = file.startsWith(RULES)
                ? new RuleFiles(Variables.whereTheyAreKnown()).load(file, Catalog.NONE, Shell.UNREAD)
                : SidecarFile.loadWhereKnown(file, Catalog.NONE);
        return switch (loading) {
            case Loading.Loaded<?> loaded -> loaded.warnings();
            case Loading.Refused<?> refused -> refused.problems();
        };
    }

    private static List<String> refusals(JsonNode tree) {
        return SCHEMA.validate(tree).stream().map(ValidationMessage::getMessage).toList();
    }

    /** Empty where it is no YAML that an editor can read. */
    private static Optional<JsonNode> tree(Path file) {
        try {
            Object tree = new Load(
                            LoadSettings.builder().setAllowDuplicateKeys(false).build())
                    .loadFromString(Files.readString(file));
            JsonNode read = JSON.readTree(JSON.writeValueAsString(tree));
            if (file.startsWith(RULES) && read instanceof ObjectNode map) {
                map.remove(List.of("source", "cache")); // stand-ins there: nobody reads them
            }
            return Optional.of(read);
        } catch (YamlEngineException | JsonProcessingException notYaml) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
