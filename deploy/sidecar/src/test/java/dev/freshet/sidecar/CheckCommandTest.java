package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final String PROCESS = """
            source: {type: postgresql, user: freshet, url: postgresql://db.internal/shop}
            cache: {url: redis://cache.internal}
            """;

    @TempDir
    private Path folder;

    @Test
    void aTopicWithoutABrokerIsAnErrorWithItsPlace() throws IOException {
        Path file = write("""
                rules:
                  product:
                    table: public.product
                    publish: [{topic: "products", value: [id]}, {channel: "products", value: [id]}]
                """);

        Typed check = Typed.freshet("check", "-c", file.toString());

        assertThat(check.code()).isEqualTo(2);
        assertThat(check.output().lines())
                .containsExactly(
                        file
                                + ":6:15 rules.product.publish[0]: no broker is known that has the topic: add kafka: {bootstrap.servers: ...} at the top");
    }

    @Test
    void aBrokerOfWhichAPartIsNotAtHandIsABroker() throws IOException {
        Path file = write("""
                kafka: {bootstrap.servers: "kafka.internal:9092", security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config: "${env:NOT_AT_HAND}"}
                announce: {topic: entries}
                rules:
                  product:
                    table: public.product
                    publish: [{topic: "products", value: [id]}]
                """);

        assertThat(Typed.freshet("check", "-c", file.toString()).code()).isZero();
    }

    @Test
    void queriesThatNoDatabasePlannedAreCounted() throws IOException {
        Path file = write("""
                rules:
                  product:
                    table: public.product
                    for_each: {c: "select id from category where id = {category_id}"}
                    put:
                      - {key: "c:{c.id}", as: json, query: "select name from category where id = {c.id}", ttl: none}
                    invalidate: [{key: "d:{c.id}"}]
                """);

        Typed check = Typed.freshet("check", "-c", file.toString());

        assertThat(check.code()).isZero();
        assertThat(check.output()).contains("2 queries were not planned against a database (--connect does that)");
    }

    private Path write(String rules) throws IOException {
        return Files.writeString(folder.resolve("freshet.yaml"), PROCESS + rules);
    }
}
