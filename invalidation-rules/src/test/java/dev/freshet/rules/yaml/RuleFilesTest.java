package dev.freshet.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.Fingerprint;
import dev.freshet.rules.Lifetime;
import dev.freshet.rules.OnTruncate;
import dev.freshet.rules.Put;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.TableSelector;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.ValueShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
    private static final Path VALID = Path.of("src/test/resources/valid");

    private static Loading.Loaded<Map<String, Node>> load(String file) {
        return loaded(VALID.resolve(file), Shop.CATALOG);
    }

    private static Loading.Loaded<Map<String, Node>> loaded(Path file, Catalog catalog) {
        return switch (new RuleFiles(Shop.VARIABLES).load(file, catalog, Shell.UNREAD)) {
            case Loading.Loaded<Map<String, Node>> loaded -> loaded;
            case Loading.Refused<Map<String, Node>>(List<Problem> problems) -> throw new AssertionError(problems);
        };
    }

    private static List<String> refused(Path file) {
        return switch (new RuleFiles(Shop.VARIABLES).load(file, Catalog.NONE, Shell.UNREAD)) {
            case Loading.Loaded<Map<String, Node>> loaded -> throw new AssertionError("loaded");
            case Loading.Refused<Map<String, Node>>(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }

    private static Rule rule(Loading.Loaded<?> loaded, String name) {
        return loaded.rules().rules().stream()
                .filter(rule -> rule.name().equals(new RuleName(name)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGoodFileHasNoWarnings() {
        assertThat(load("shop.yaml").warnings()).isEmpty();
    }

    @Test
    void aFileIsCheckedAgainstNothingWhereNoTableIsKnown() {
        assertThat(loaded(VALID.resolve("shop.yaml"), Catalog.NONE).rules().rules())
                .hasSize(4);
    }

    @Test
    void aRuleKeepsItsTableItsWhereAndTheOrderOfItsPuts() {
        Rule product = rule(load("shop.yaml"), "product");

        assertThat(product.tables()).containsExactly(new TableSelector("public", "product", Map.of()));
        assertThat(product.where().map(Expression::source)).contains("status == \"live\"");
        assertThat(product.puts().stream().map(put -> put.key().source()))
                .containsExactly("product:{id}", "{{product:{id}}}:name", "product-hash:{slug}", "product-row:{id}");
        assertThat(product.invalidations()).isEmpty();
        assertThat(product.onTruncate()).isEqualTo(OnTruncate.DEFAULT);
    }

    @Test
    void aPutThatSaysNothingLivesAsLongAsTheDefaultsOfItsFile() {
        assertThat(rule(load("shop.yaml"), "product").puts().stream().map(Put::lifetime))
                .containsExactly(
                        new Lifetime.Lasting(Duration.ofHours(24)),
                        new Lifetime.Lasting(Duration.ofSeconds(90)),
                        new Lifetime.Unlimited(),
                        new Lifetime.Lasting(Duration.ofHours(24)));
    }

    @Test
    void valuesAreColumnsTextMembersOrEveryColumn() {
        List<RowPut.Form> forms = rule(load("shop.yaml"), "product").puts().stream()
                .map(RowPut.class::cast)
                .map(RowPut::form)
                .toList();

        assertThat(forms.get(0)).isEqualTo(new RowPut.AsJson(new ValueShape.Columns(List.of("id", "name", "price"))));
        assertThat(((RowPut.AsString) forms.get(1)).value().source()).isEqualTo("{name} ({status})");
        ValueShape.Members members = (ValueShape.Members) ((RowPut.AsHash) forms.get(2)).value();
        assertThat(members.members().keySet()).containsExactly("name", "deep");
        ValueShape.Members deep = (ValueShape.Members) Shop.in(members.members(), "deep");
        assertThat(((ValueShape.Elements) Shop.in(deep.members(), "names")).elements())
                .hasSize(2);
        assertThat(forms.get(3)).isEqualTo(new RowPut.AsJson(new ValueShape.AllColumns(Set.of("description"))));
    }

    @Test
    void anInvalidationCountsUpdatesOfItsColumnsOnly() {
        Rule lists = rule(load("shop.yaml"), "price-lists");

        assertThat(lists.columns()).containsExactlyInAnyOrder("price", "category_id");
        assertThat(lists.invalidations().stream().map(it -> it.name().source()))
                .containsExactly("prices:{category_id}", "home");
    }

    @Test
    void anEmptyOnTruncateDoesNothing() {
        assertThat(rule(load("shop.yaml"), "tenants").onTruncate()).isEqualTo(OnTruncate.NOTHING);
    }

    @Test
    void tablesHaveNamesOfTheirOwn() {
        Rule order = rule(load("shop.yaml"), "order");

        assertThat(order.tables().stream().map(TableSelector::toString))
                .containsExactly("public.orders", "public.order_item");
        assertThat(Shop.in(order.tables().getFirst().names(), "order_id").source())
                .isEqualTo("id");
        assertThat(order.tables().getLast().names()).isEmpty();
    }

    @Test
    void aliasesStandForWhatTheirAnchorHolds() {
        Loading.Loaded<?> loaded = load("aliases.yaml");

        assertThat(rule(loaded, "product").where().map(Expression::source)).contains("status == \"live\"");
        assertThat(rule(loaded, "product-again").tables()).hasSize(2);
        assertThat(rule(loaded, "product-again").invalidations()).hasSize(1);
    }

    @Test
    void defaultsHoldForTheFileTheyStandIn() {
        Loading.Loaded<?> loaded = load("includes.yaml");

        assertThat(loaded.rules().rules().stream()
                        .map(rule -> rule.name() + " " + rule.puts().getFirst().lifetime()))
                .containsExactly("main Lasting[ttl=PT1H]", "a Lasting[ttl=PT2H]", "b Lasting[ttl=PT5M]");
    }

    @Test
    void variablesAreReplacedInProcessSettings() {
        Map<String, Node> settings = load("shop.yaml").settings();

        assertThat(settings.keySet()).containsExactly("source", "cache");
        assertThat(text(settings, "source", "password")).isEqualTo("swordfish");
        assertThat(text(settings, "source", "user")).isEqualTo("freshet");
        assertThat(text(settings, "cache", "url")).isEqualTo("redis://localhost:6379");
        assertThat(text(settings, "cache", "prefix")).isEqualTo("${x}");
    }

    private static String text(Map<String, Node> settings, String section, String key) {
        Node.Mapping map = (Node.Mapping) Shop.in(settings, section);
        return ((Node.Scalar) Shop.in(map.members(), key)).text();
    }

    @Test
    void aShellThatReadsNothingRefusesWhatBelongsToTheSidecar() {
        Loading<String> loading = new RuleFiles(Shop.VARIABLES)
                .load(VALID.resolve("shop.yaml"), Catalog.NONE, top -> Optional.of("none"));

        assertThat(((Loading.Refused<String>) loading).problems().stream().map(Problem::toString))
                .containsExactly(
                        VALID + "/shop.yaml:2:1 source: not read here; the sidecar reads this key",
                        VALID + "/shop.yaml:3:1 cache: not read here; the sidecar reads this key");
    }

    @Test
    void aMissingFileIsOneProblem(@TempDir Path folder) {
        Path file = folder.resolve("none.yaml");

        assertThat(refused(file)).containsExactly(file + ":1:1: there is no such file");
    }

    @Test
    void rulesThatSayTheSameHaveOneFingerprintHoweverTheyAreWritten(@TempDir Path folder) throws IOException {
        String one =
                "rules: {a: {table: public.product, invalidate: [{key: 'a:{id}'}]}, b: {table: public.product, invalidate: [{key: b}]}}";
        String same = """
                # said otherwise
                rules:
                  b:
                    table: "public.product"
                    invalidate: [{key: b}]
                  a:
                    table: public.product
                    invalidate:
                      - key: a:{id}
                """;

        assertThat(fingerprint(folder, one)).isEqualTo(fingerprint(folder, same));
        assertThat(fingerprint(folder, one)).isNotEqualTo(fingerprint(folder, one.replace("a:{id}", "a:{sku}")));
    }

    @Test
    void anotherKeyMeansOtherRulesOnlyWhereItIsUsed(@TempDir Path folder) throws IOException {
        String used = """
                keys: {hmac: 0123456789abcdef}
                rules: {a: {table: public.a, invalidate: [{key: "a:{hmac(id)}"}]}}
                """;
        String unused = used.replace("hmac(id)", "id");

        assertThat(fingerprint(folder, used)).isEqualTo(fingerprint(folder, used));
        assertThat(fingerprint(folder, used)).isNotEqualTo(fingerprint(folder, used.replace("0123", "3210")));
        assertThat(fingerprint(folder, unused)).isEqualTo(fingerprint(folder, unused.replace("0123", "3210")));
    }

    @Test
    void anotherKeyOfEncryptMeansOtherRules(@TempDir Path folder) throws IOException {
        String yaml = """
                keys: {encrypt: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}
                rules: {a: {table: public.a, put: [{key: "a:{id}", as: json, value: {a: encrypt(a)}, ttl: none}]}}
                """;

        assertThat(fingerprint(folder, yaml)).isNotEqualTo(fingerprint(folder, yaml.replace("\"AAAA", "\"AAAB")));
    }

    private static Fingerprint fingerprint(Path folder, String yaml) throws IOException {
        return loaded(Files.writeString(folder.resolve("rules.yaml"), yaml), Catalog.NONE)
                .rules()
                .fingerprint();
    }

    @Test
    void whatAnIncludedFileThatHasNoRulesHoldsIsNotShown(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("token"), "swordfish");
        Path file = Files.writeString(folder.resolve("freshet.yaml"), "include: [token]\nrules: {}\n");

        assertThat(refused(file))
                .anyMatch(problem -> problem.contains("expected a map, found a text"))
                .noneMatch(problem -> problem.contains("swordfish"));
    }

    @Test
    void aFileBeyondTheBoundIsNotRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("huge.yaml");
        Files.writeString(file, "#".repeat(RuleFile.MAX_BYTES + 1));

        assertThat(refused(file)).containsExactly(file + ":1:1: the file has 1048577 bytes; at most 1048576 are read");
    }

    @Test
    void aFileThatIsNotTextIsOneProblem(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("latin1.yaml");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xE4});

        assertThat(refused(file)).containsExactly(file + ":1:1: the file is not UTF-8 text");
    }

    @Test
    void aByteOrderMarkDoesNotCount(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("bom.yaml");
        Files.writeString(file, "\uFEFFrulez: {}\n");

        assertThat(refused(file)).containsExactly(file + ":1:1 rulez: unknown key; did you mean 'rules'?");
    }
}
