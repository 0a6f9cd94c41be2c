package dev.freshet.sidecar.demo;

/** One of the two caches, as a reader uses it. */
interface Twin {
    Sighting read(Product product);
}
