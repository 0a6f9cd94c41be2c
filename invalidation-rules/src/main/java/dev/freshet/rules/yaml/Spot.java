package dev.freshet.rules.yaml;

import java.util.regex.Pattern;

/**
 * Where a node stands in its file and in its tree.
 *
 * @param name its key; the same as {@code value} for an item of a list and for the root
 * @param value where its own text begins
 * @param path such as {@code rules.product.put[0].key}; empty for the root
 * @param label its key, empty for an item of a list and for the root
 */
public record Spot(Place name, Place value, String path, String label) {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

    static Spot root(Place place) {
        return new Spot(place, place, "", "");
    }

    Spot member(String key, Place keyPlace, Place valuePlace) {
        return new Spot(keyPlace, valuePlace, pathTo(key), key);
    }

    Spot item(int index, Place itemPlace) {
        return new Spot(itemPlace, itemPlace, path + "[" + index + "]", "");
    }

    /** The path of a key of this map, whether or not the key stands there. */
    String pathTo(String key) {
        if (!BARE.matcher(key).matches()) {
            return path + "[\"" + key + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }
}
