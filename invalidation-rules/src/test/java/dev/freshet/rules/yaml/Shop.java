package dev.freshet.rules.yaml;

import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The database and the environment that the files under test were written for. */
final class Shop {
    static final Catalog CATALOG = new Catalog(Stream.of(
                    table(
                            "public.product",
                            List.of(List.of("id"), List.of("slug")),
                            "id",
                            "name",
                            "slug",
                            "price",
                            "status",
                            "category_id",
                            "description",
                            "created_at",
                            "archived",
                            "Order Id"),
                    account(),
                    table("public.category", List.of(List.of("id")), "id", "name"),
                    table("public.orders", List.of(List.of("id")), "id", "customer_id", "total", "updated_at"),
                    table(
                            "public.order_item",
                            List.of(List.of("order_id", "line")),
                            "order_id",
                            "line",
                            "product_id",
                            "quantity"),
                    table("public.article", List.of(List.of("id")), "id", "title", "topics"),
                    table("public.log", List.of(), "at", "text"),
                    table("tenant_a.orders", List.of(List.of("id")), "id", "total"),
                    table("tenant_b.orders", List.of(List.of("id")), "id", "total"))
            .collect(Collectors.toMap(Catalog.Table::id, Function.identity())));

    static final Variables VARIABLES = new Variables(Map.of("USER", "freshet", "EMPTY", "")::get, path -> {
        if (path.equals(Path.of("/run/secrets/db"))) {
            return "swordfish\n";
        }
        throw new NoSuchFileException(path.toString());
    });

    private Shop() {}

    /** What a map must hold. */
    static <T> T in(Map<String, T> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    static TableId id(String text) {
        String[] parts = text.split("\\.");
        return new TableId(parts[0], parts[1]);
    }

    /** Its texts are texts, and its key is a number. */
    private static Catalog.Table account() {
        Catalog.Table table = table(
                "public.account",
                List.of(List.of("id")),
                "id",
                "email",
                "name",
                "password_hash",
                "api_key",
                "reset_token",
                "passenger");
        List<Catalog.Column> columns = new ArrayList<>(table.columns());
        columns.set(0, new Catalog.Column("id", "bigint", Catalog.Kind.INTEGER, false));
        return new Catalog.Table(table.id(), columns, table.uniqueKeys(), table.oldRow());
    }

    /** Its name says what it holds; most hold text. */
    private static Catalog.Column column(String name) {
        return switch (name) {
            case "id", "order_id", "quantity" -> new Catalog.Column(name, "bigint", Catalog.Kind.INTEGER, false);
            case "price", "total" -> new Catalog.Column(name, "numeric", Catalog.Kind.DECIMAL, false);
            case "created_at", "updated_at" ->
                new Catalog.Column(name, "timestamp with time zone", Catalog.Kind.OTHER, false);
            case "topics" -> new Catalog.Column(name, "text[]", Catalog.Kind.OTHER, true);
            case "archived" -> new Catalog.Column(name, "boolean", Catalog.Kind.BOOLEAN, false);
            default -> new Catalog.Column(name, "text", Catalog.Kind.TEXT, false);
        };
    }

    private static Catalog.Table table(String name, List<List<String>> uniqueKeys, String... columns) {
        return new Catalog.Table(
                id(name),
                Arrays.stream(columns).map(Shop::column).toList(),
                uniqueKeys,
                new Catalog.OldRow.Everything());
    }
}
