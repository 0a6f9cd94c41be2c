package dev.freshet.rules.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.change.TableId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFileTest {
    @TempDir
    private Path folder = Path.of("");

    private static Catalog.Table table(String name, Catalog.OldRow oldRow) {
        return new Catalog.Table(
                new TableId("public", name),
                List.of(
                        new Catalog.Column("id", "bigint", Catalog.Kind.INTEGER, false),
                        new Catalog.Column("Odd \"name\"", "text", Catalog.Kind.TEXT, true)),
                List.of(List.of("id"), List.of("Odd \"name\"", "id")),
                oldRow);
    }

    @Test
    void aCatalogueReadsBackAsItWasWritten() throws Exception {
        Catalog.Table whole = table("b", new Catalog.OldRow.Everything());
        Catalog.Table keyOnly = table("a.with.dots", new Catalog.OldRow.Only(List.of("id")));
        Catalog catalog = new Catalog(Map.of(whole.id(), whole, keyOnly.id(), keyOnly));

        String json = SchemaFile.write(catalog);

        assertThat(SchemaFile.read(Files.writeString(folder.resolve("schema.json"), json)))
                .isEqualTo(catalog);
        assertThat(json.indexOf("public.a")).isLessThan(json.indexOf("public.b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | not JSON: Unexpected end-of-input",
                "{} | no list \"tables\" in {}",
                "{\"tables\":[{\"table\":\"product\"}]} | \"table\" is not \"schema.name\"",
                "{\"tables\":[{\"table\":\"a.b\",\"columns\":[{\"name\":\"id\",\"type\":\"int\",\"kind\":\"whole\"}]}]}"
                        + " | \"kind\" is \"whole\"; allowed: integer, decimal, boolean, uuid, text, other",
                "{\"tables\":[{\"table\":\"a.b\",\"columns\":[],\"keys\":[],\"old_row\":\"all\"}]}"
                        + " | a list of columns' names is wanted, not \"all\""
            })
    void whatIsNoCatalogueIsSaid(String json, String reason) throws Exception {
        Path file = Files.writeString(folder.resolve("schema.json"), json);

        assertThatExceptionOfType(NotASchemaException.class)
                .isThrownBy(() -> SchemaFile.read(file))
                .withMessageStartingWith(file + ": " + reason)
                .withMessageEndingWith("; write it with freshet schema");
    }
}
