package dev.freshet.rules.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where the parts of rules stand, by their paths. */
public final class Places {
    private final Map<String, Place> byPath = new HashMap<>();

    Places() {}

    /** {@code path}: such as {@code rules.product.put[0].query}. */
    public Optional<Place> of(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    void add(Node node) {
        byPath.putIfAbsent(node.spot().path(), node.spot().value());
        switch (node) {
            case Node.Items items -> items.nodes().forEach(this::add);
            case Node.Mapping map -> map.members().values().forEach(this::add);
            case Node.Scalar scalar -> {}
            case Node.Broken broken -> {}
        }
    }
}
