package dev.freshet.sidecar.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalLong;

/**
 * Freshet's entries and the pages of its edge beside their rows, once nothing is written any more.
 *
 * @param products looked for, also those whose row was deleted
 * @param entriesDiffering those whose entry is missing, is of another revision than the row, or outlived its row
 * @param pagesDiffering those whose page, read through the edge, is such
 */
record Agreement(int products, int entriesDiffering, int pagesDiffering) {
    private static final Duration TO_CATCH_UP = Duration.ofSeconds(5);

    /** Looks until all agree, for some seconds at most. */
    static Agreement await(Shop shop, PostgresServer database, CacheConnection cache, Edge edge)
            throws SQLException, DemoException, InterruptedException {
        var products = shop.products();
        var entries = new ArrayList<>(products);
        var pages = new ArrayList<>(products);
        var reader = new EdgeTwin(edge);
        try (var query = new ProductQuery(database)) {
            boolean unused = Patience.within(TO_CATCH_UP, () -> {
                entries.removeIf(product -> entry(product, cache).equals(row(product, query)));
                pages.removeIf(product -> reader.revision(product).equals(row(product, query)));
                return entries.isEmpty() && pages.isEmpty();
            });
            return new Agreement(products.size(), entries.size(), pages.size());
        }
    }

    private static OptionalLong entry(Product product, CacheConnection cache) {
        return ProductEntry.revision(cache.get(FreshetTwin.key(product.id())));
    }

    private static OptionalLong row(Product product, ProductQuery query) {
        return ProductEntry.revision(query.row(product.id()));
    }
}
