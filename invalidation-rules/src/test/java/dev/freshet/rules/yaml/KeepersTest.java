package dev.freshet.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Order has no meaning among rules: a key that has two keepers has them whichever stands first. */
class KeepersTest {
    private static final String ON_PRODUCT = "table: public.product, allow: [scan], ";
    private static final String FOUND = ON_PRODUCT + "for_each: {p: 'select id from product where status = {slug}'}, ";

    /** Each may act on {@code k:3}. */
    private static final List<String> RULES = List.of(
            ON_PRODUCT + "put: [{key: 'k:{id}', as: json, value: [id], ttl: 1h}]",
            ON_PRODUCT + "put: [{key: 'k:{category_id}', as: set, member: '{id}', ttl: none}]",
            ON_PRODUCT + "put: [{key: 'k:{status}', as: hash, merge: true, value: [id], ttl: none}]",
            ON_PRODUCT + "put: [{key: 'k:{name}', as: json, query: 'select 1 where 1 = {name}', ttl: 1h}]",
            ON_PRODUCT + "put: [{key: 'k:{price}', as: set, query: 'select 1 where 1 = {price}', ttl: 1h}]",
            ON_PRODUCT + "invalidate: [{key: 'k:{id}'}]",
            ON_PRODUCT + "invalidate: [{key: 'k:{description}'}]",
            ON_PRODUCT + "invalidate: [{prefix: 'k:{id}'}]",
            ON_PRODUCT + "invalidate: [{prefix: 'k:'}]",
            ON_PRODUCT + "publish: [{stream: 'k:{archived}', value: [id]}]",
            FOUND + "put: [{key: 'k:{p.id}', as: json, query: 'select 1 where 1 = {p.id}', ttl: 1h}]",
            FOUND + "invalidate: [{key: 'k:{p.id}'}]",
            FOUND + "invalidate: [{prefix: 'k:{p.id}'}]",
            FOUND + "publish: [{stream: 'k:{p.id}', value: [id]}]",
            "table: public.category, put: [{key: 'k:{id}', as: json, value: [id], ttl: 1h}]",
            "table: public.category, invalidate: [{key: 'k:{name}'}]");

    static Stream<Arguments> pairs() {
        return RULES.stream().flatMap(one -> RULES.stream().map(other -> Arguments.of(one, other)));
    }

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} / {1}")
    @MethodSource("pairs")
    void theOrderOfRulesDecidesNothing(String one, String other) throws IOException {
        assertThat(refused(one, other)).isEqualTo(refused(other, one));
    }

    @Test
    void whatAQueryFindsIsToldFromARowsOwnKeyByTheTextAroundIt() throws IOException {
        assertThat(refused(RULES.get(0), RULES.get(11))).isTrue();
        assertThat(refused(RULES.get(3), RULES.get(6))).isTrue();
        assertThat(refused(RULES.get(9), RULES.get(11))).isTrue();
        assertThat(refused(RULES.get(0), RULES.get(11).replace("k:{p.id}", "k:{p.id}:page")))
                .isFalse();
    }

    @Test
    void rowsOfTwoTablesNeverPutOneKey() throws IOException {
        String ofProducts = "table: public.product, put: [{key: 'k:{id}', as: json, value: [id], ttl: none}]";
        String ofCategories = "table: public.category, put: [{key: 'k:{id}', as: json, value: [id], ttl: none}]";

        assertThat(refused(ofProducts, ofCategories)).isTrue();
        assertThat(refused(ofProducts, ofCategories.replace("k:", "c:"))).isFalse();
    }

    @Test
    void expressionsTellTheKeysOfOneRowApart() throws IOException {
        assertThat(refused(RULES.get(0), RULES.get(5))).isTrue();
        assertThat(refused(RULES.get(0), RULES.get(6))).isFalse();
    }

    private boolean refused(String one, String other) throws IOException {
        Path file = folder.resolve("freshet.yaml");
        Files.writeString(file, "rules:\n  one: {" + one + "}\n  other: {" + other + "}\n");
        return switch (new RuleFiles(Shop.VARIABLES).load(file, Shop.CATALOG, Shell.UNREAD)) {
            case Loading.Loaded<Map<String, Node>> loaded -> false;
            case Loading.Refused<Map<String, Node>>(List<Problem> problems) -> {
                assertThat(problems).extracting(Problem::code).contains(Code.TWO_KEEPERS);
                assertThat(problems)
                        .filteredOn(problem -> problem.code().severity() == Code.Severity.ERROR)
                        .extracting(Problem::code)
                        .containsOnly(Code.TWO_KEEPERS);
                yield true;
            }
        };
    }
}
