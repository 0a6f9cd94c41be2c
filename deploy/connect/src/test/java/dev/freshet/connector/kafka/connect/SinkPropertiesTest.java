package dev.freshet.connector.kafka.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkPropertiesTest {
    private static final String RULES = """
            rules:
              product:
                table: public.product
                put: [{key: "product:{id}", as: json, value: [id, price], ttl: none}]
            """;

    @TempDir
    private static Path folder;

    private static Map<String, String> properties() {
        return new HashMap<>(
                Map.of(
                        "name", "freshet",
                        "topics", "shop.public.product",
                        "freshet.rules", RULES,
                        "freshet.cache.url", "redis://cache:6379/0",
                        "freshet.source.kafka.bootstrap.servers", "kafka:9092",
                        "freshet.source.kafka.security.protocol", "SASL_SSL",
                        "freshet.source.kafka.sasl.mechanism", "PLAIN",
                        "freshet.source.kafka.sasl.jaas.config",
                                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"me\" password=\"secret\";"));
    }

    private static List<String> said(Map<String, String> properties) {
        return SinkProperties.problems(properties).stream()
                .map(each -> each.property() + ": " + each.text())
                .toList();
    }

    @Test
    void rulesMayBeAFileOrTheTextOfOne() throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), RULES);
        Map<String, String> ofFile = properties();
        ofFile.put("freshet.rules", file.toString());

        assertThat(SinkProperties.read(properties()).sound()).isPresent();
        assertThat(SinkProperties.read(ofFile).sound()).isPresent();
    }

    @Test
    void whatAFileSaysOfAProcessIsPassedOver() throws IOException {
        Path file = Files.writeString(
                folder.resolve("whole.yaml"),
                "source: {type: postgresql, url: \"postgresql://db/shop\"}\ncache: {url: \"redis://other\"}\n" + RULES);
        Map<String, String> properties = properties();
        properties.put("freshet.rules", file.toString());

        assertThat(said(properties)).isEmpty();
        assertThat(SinkProperties.read(properties)
                        .sound()
                        .orElseThrow()
                        .settings()
                        .cache()
                        .address()
                        .host())
                .isEqualTo("cache");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            freshet.rules                        | /there/is/none.yaml | freshet.rules: /there/is/none.yaml:1:1: there is no such file
            freshet.rules                        | {rules: {}}         | freshet.rules: freshet.rules:1:1: there are no rules
            freshet.schema                       | /there/is/none.json | freshet.schema: there is no file /there/is/none.json on this worker
            freshet.rules                        | ''                  | freshet.rules: expected the path of a YAML file
            freshet.rules.product.table          | x                   | freshet.rules: unknown key
            freshet.rule                         | x                   | freshet.rule: unknown key; did you mean 'rules'?
            freshet.cache.url                    | http://cache        | freshet.cache.url: expected redis://host:port/number
            freshet.cache.url                    | redis://me:pw@cache | freshet.cache.url: a password stands in the url
            freshet.cache.type                   | valky               | freshet.cache.type: expected dragonfly, redis or valkey, found 'valky'; did you mean 'valkey'?
            freshet.cache.pasword                | x                   | freshet.cache.pasword: unknown key; did you mean 'password'?
            freshet.chache.prefix                | x                   | freshet.chache.prefix: unknown key; did you mean 'cache'?
            freshet.fence.window                 | 10ms                | freshet.fence.window: expected a duration of at least 1s
            freshet.source.start                 | begining            | freshet.source.start: expected beginning or end, found 'begining'; did you mean 'beginning'?
            freshet.source.group                 | mine                | freshet.source.group: unknown key
            freshet.source.kafka.group.id        | mine                | freshet.source.kafka.group.id: Freshet says it itself
            freshet.source.kafka.sasl.mechansim  | PLAIN               | freshet.source.kafka.sasl.mechansim: Kafka's clients have no such property; did you mean 'sasl.mechanism'?
            freshet.source.kafka.retry.backoff.ms | soon               | freshet.source.kafka.retry.backoff.ms: expected
            freshet.source.kafka.sasl.jaas.config | secret             | freshet.source.kafka.sasl.jaas.config: expected <class of a login module>
            freshet.announce.chanel              | x                   | freshet.announce.chanel: unknown key; did you mean 'channel'?
            """)
    void eachMistakeIsSaidAtItsOwnProperty(String property, String value, String says) {
        Map<String, String> properties = properties();
        properties.put(property, value);

        assertThat(said(properties)).singleElement().asString().startsWith(says);
    }

    @Test
    void rulesThatAskADatabaseAreRefused() {
        Map<String, String> properties = properties();
        properties.put("freshet.rules", """
                rules:
                  reviews:
                    table: public.review
                    put:
                      - key: "reviews:{product_id}"
                        as: json
                        rows: many
                        query: select id from review where product_id = {product_id}
                        ttl: none
                """);

        assertThat(said(properties)).anyMatch(text -> text.contains("a sink has none"));
    }

    @Test
    void everyMistakeIsSaidAtOnceAndNoSecretIsIn() {
        Map<String, String> properties = properties();
        properties.put("freshet.cache.url", "cache");
        properties.put("freshet.source.on_gap", "resnyc");
        properties.put("freshet.rules", RULES.replace("table:", "tabel:"));
        properties.remove("freshet.source.kafka.bootstrap.servers");

        List<ConfigValue> wrong = new FreshetSinkConnector()
                .validate(properties).configValues().stream()
                        .filter(value -> !value.errorMessages().isEmpty())
                        .toList();

        assertThat(wrong)
                .extracting(ConfigValue::name)
                .containsExactlyInAnyOrder(
                        "freshet.cache.url",
                        "freshet.source.on_gap",
                        "freshet.rules",
                        "freshet.source.kafka.bootstrap.servers");
        assertThat(wrong.toString()).doesNotContain("secret");
    }
}
