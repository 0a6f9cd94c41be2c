package dev.freshet.sidecar.demo;

/** Kept by Freshet: readers only read, and ask the database where there is no entry. */
record FreshetTwin(CacheConnection cache, ProductQuery database) implements Twin {
    static String key(long id) {
        return "product:" + id;
    }

    @Override
    public Sighting read(Product product) {
        var entry = cache.get(key(product.id()));
        if (entry.isPresent()) {
            return new Sighting.Kept(ProductEntry.revision(entry.get()));
        }
        var unused = database.row(product.id());
        return new Sighting.FromDatabase();
    }
}
