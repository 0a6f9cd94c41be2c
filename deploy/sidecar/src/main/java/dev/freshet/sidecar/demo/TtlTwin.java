package dev.freshet.sidecar.demo;

import java.time.Duration;

/** Cache-aside with an expiry: who misses reads the database and fills. */
record TtlTwin(CacheConnection cache, ProductQuery database) implements Twin {
    static final Duration TTL = Duration.ofSeconds(5);

    @Override
    public Sighting read(Product product) {
        var key = "ttl:product:" + product.id();
        var entry = cache.get(key);
        if (entry.isPresent()) {
            return new Sighting.Kept(ProductEntry.revision(entry.get()));
        }
        database.row(product.id()).ifPresent(row -> cache.set(key, row, TTL));
        return new Sighting.FromDatabase();
    }
}
