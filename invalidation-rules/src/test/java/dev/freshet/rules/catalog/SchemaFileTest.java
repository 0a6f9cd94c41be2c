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
                "{ | :1:2: not JSON, from here on at the latest",
                "{} | : tables: expected a list, nothing stands there",
                "{\"tables\":[{\"table\":\"product\"}]}"
                        + " | : tables[0].table: expected a table such as \"public.product\", found \"product\"",
                "{\"tables\":[{\"table\":\"a.b\",\"columns\":[{\"name\":\"id\",\"type\":\"int\",\"kind\":\"whole\"}]}]}"
                        + " | : tables[0].columns[0].kind: expected one of integer, decimal, boolean, uuid, text, other, found"
                        + " \"whole\"",
                "{\"tables\":[{\"table\":\"a.b\",\"columns\":[{\"name\":\"id\",\"type\":\"int\",\"kind\":\"other\"}]}]}"
                        + " | : tables[0].columns[0].toastable: expected true or false, nothing stands there",
                "{\"tables\":[{\"table\":\"a.b\",\"columns\":[],\"keys\":[[1]]}]}"
                        + " | : tables[0].keys[0]: expected a list of columns' names, found [1]",
                "{\"tables\":[{\"table\":\"a.b\",\"columns\":[],\"keys\":[],\"old_row\":\"all\"}]}"
                        + " | : tables[0].old_row: expected \"everything\", or a list of columns' names, found \"all\""
            })
    void whatIsNoCatalogueIsSaid(String json, String reason) throws Exception {
        Path file = Files.writeString(folder.resolve("schema.json"), json);

        assertThatExceptionOfType(NotASchemaException.class)
                .isThrownBy(() -> SchemaFile.read(file))
                .withMessage(
                        file + reason + "; freshet schema writes such a file, docs/rules.md says what stands in it");
    }
}
