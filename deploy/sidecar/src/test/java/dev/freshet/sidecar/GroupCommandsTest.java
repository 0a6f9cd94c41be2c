package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say of a file that reads topics, before anybody is asked anything. */
class GroupCommandsTest {
    @TempDir
    private Path folder;

    private String file(String rule) throws IOException {
        return file("", rule);
    }

    private String file(String source, String rule) throws IOException {
        Files.writeString(folder.resolve("schema.json"), """
                {"tables": [{"table": "public.product", "columns": [
                  {"name": "id", "type": "integer", "kind": "integer", "toastable": false},
                  {"name": "slug", "type": "text", "kind": "text", "toastable": true}],
                  "keys": [["id"]], "old_row": ["id"]}]}
                """);
        return Files.writeString(folder.resolve("freshet.yaml"), """
                source: {type: kafka, %stopics: [shop], kafka: {bootstrap.servers: "127.0.0.1:1"}}
                cache: {url: "redis://127.0.0.1:1"}
                rules:
                  product:
                    table: public.product
                    put: [%s]
                """.formatted(source, rule))
                .toString();
    }

    @Test
    void oldValuesThatTheTopicsDoNotSendAreAskedForBeforeAStart() throws IOException {
        Typed typed =
                Typed.freshet("run", "-c", file("{key: 'product:{id}:{slug}', as: string, value: '{id}', ttl: none}"));

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.errors())
                .contains("rule product must know the old slug of public.product", "replica identity full");
    }

    @Test
    void rulesThatAskTheDatabaseAreRefused() throws IOException {
        Typed typed = Typed.freshet(
                "run", "-c", file("{key: 'product:{id}', as: string, query: 'select 1 where {id} > 0', ttl: none}"));

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.errors())
                .contains("rules with query or for_each ask the database, and source.type kafka has none");
    }

    @Test
    void convertersThatAreNotThereAreAskedForBeforeAStart() throws IOException {
        Typed typed = Typed.freshet(
                "run",
                "-c",
                file(
                        "keys: {converter: com.example.Avro}, values: {converter: java.lang.String}, ",
                        "{key: 'product:{id}', as: string, value: '{id}', ttl: none}"));

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.errors())
                .contains(
                        "source.keys: com.example.Avro is not on the class path; FRESHET_CLASSPATH names more jars",
                        "source.values: java.lang.String is no converter of Kafka Connect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backfill --table public.product", "schema", "uninstall", "check --connect"})
    void commandsThatAskADatabaseSayThatThereIsNone(String command) throws IOException {
        String config = file("{key: 'product:{id}', as: string, value: '{id}', ttl: none}");

        Typed typed = Typed.freshet((command + " -c " + config).split(" "));

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.errors()).contains("source.type is kafka: there is no database that this command could ask");
    }
}
