package dev.freshet.sidecar.demo;

/** A cache or an edge, as a reader uses it. */
interface Twin {
    Sighting read(Product product);
}
