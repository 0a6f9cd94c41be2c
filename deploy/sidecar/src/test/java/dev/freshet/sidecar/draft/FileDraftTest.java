package dev.freshet.sidecar.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.settings.SidecarFile;
import dev.freshet.settings.SidecarSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dfreshet.golden=rewrite} the file is written anew, to be read as a user would before it is committed. */
class FileDraftTest {
    private static final Path GOLDEN = Path.of("src/test/resources/draft/freshet.yaml");

    private static final List<Catalog.Table> TABLES = List.of(
            table("public", "product", List.of("id"), "id", "name", "price", "secret_key", "password_hash"),
            table("public", "order_item", List.of("order_id", "item_id"), "order_id", "item_id", "amount"),
            table("archive", "product", List.of("id"), "id", "name"),
            table("archive", "Odd-Names", List.of("Order Id", "in"), "Order Id", "in", "row", "a\"b", "null"),
            table("archive", "no name", List.of("id"), "id"),
            table("public", "log", List.of(), "line"));

    @TempDir
    private Path folder;

    private static Catalog.Table table(String schema, String name, List<String> key, String... columns) {
        return new Catalog.Table(
                new TableId(schema, name),
                Arrays.stream(columns)
                        .map(column -> new Catalog.Column(column, "bigint", Catalog.Kind.INTEGER, false))
                        .toList(),
                key.isEmpty() ? List.of() : List.of(key),
                new Catalog.OldRow.Everything());
    }

    @Test
    void aFileForTablesOfAllKindsIsRight() throws IOException {
        String text = FileDraft.of(
                        "postgresql://db.internal:5432/shop",
                        "freshet",
                        Optional.of("${env:DB_PASSWORD}"),
                        "redis://localhost:6379",
                        TABLES)
                .text();
        if ("rewrite".equals(System.getProperty("freshet.golden"))) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, text);
        }

        assertThat(text).isEqualTo(Files.readString(GOLDEN));
        assertThat(problems(text)).isEmpty();
    }

    private List<Problem> problems(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), text);
        Variables variables = new Variables(Map.of("DB_PASSWORD", "x")::get, path -> {
            throw new NoSuchFileException(path.toString());
        });
        Catalog catalog =
                new Catalog(TABLES.stream().collect(Collectors.toMap(Catalog.Table::id, Function.identity())));
        return switch (SidecarFile.load(file, variables, catalog)) {
            case Loading.Loaded<SidecarSettings> loaded -> loaded.warnings();
            case Loading.Refused<SidecarSettings> refused -> refused.problems();
        };
    }
}
