package dev.freshet.sidecar.demo;

import dev.freshet.sidecar.demo.edge.PageClient;
import dev.freshet.sidecar.demo.edge.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/** A page of the shop through an edge, which says in {@code Cache-Status} whether it had the page itself. */
record EdgeTwin(PageClient edge) implements Twin {
    EdgeTwin(Edge edge) {
        this(new PageClient(edge.port()));
    }

    @Override
    public Sighting read(Product product) {
        var page = page(product);
        var revision = revision(page);
        boolean kept = page.header("cache-status").orElse("").endsWith("; hit");
        return kept && revision.isPresent()
                ? new Sighting.Kept(revision.getAsLong())
                : new Sighting.FromOrigin(revision);
    }

    /** Empty where the page says that there is no such product. */
    OptionalLong revision(Product product) {
        return revision(page(product));
    }

    private static OptionalLong revision(Reply page) {
        return switch (page.status()) {
            case 200 -> OptionalLong.of(ProductEntry.revision(page.body()));
            case 404 -> OptionalLong.empty();
            default -> throw new IllegalStateException("an edge answers %d".formatted(page.status()));
        };
    }

    private Reply page(Product product) {
        try {
            return edge.get(Origin.path(product.id()));
        } catch (IOException e) {
            throw new UncheckedIOException("an edge does not answer: " + e.getMessage(), e);
        }
    }
}
