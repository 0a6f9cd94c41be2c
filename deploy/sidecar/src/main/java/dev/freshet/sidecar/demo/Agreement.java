package dev.freshet.sidecar.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;

/**
 * Freshet's entries beside their rows, once nothing is written any more.
 *
 * @param entries products looked for, also those whose row was deleted
 * @param differing those whose entry is missing, is of another revision than the row, or outlived its row
 */
record Agreement(int entries, int differing) {
    private static final Duration TO_CATCH_UP = Duration.ofSeconds(5);

    /** Looks until all agree, for some seconds at most. */
    static Agreement await(Shop shop, PostgresServer database, CacheConnection cache)
            throws SQLException, DemoException, InterruptedException {
        var products = shop.products();
        var differing = new ArrayList<>(products);
        try (var query = new ProductQuery(database)) {
            boolean agreed = Patience.within(TO_CATCH_UP, () -> {
                differing.removeIf(product -> agrees(product, query, cache));
                return differing.isEmpty();
            });
            return new Agreement(products.size(), agreed ? 0 : differing.size());
        }
    }

    private static boolean agrees(Product product, ProductQuery query, CacheConnection cache) {
        var entry = cache.get(FreshetTwin.key(product)).map(ProductEntry::revision);
        return entry.equals(query.row(product.id()).map(ProductEntry::revision));
    }
}
