package dev.freshet.sidecar.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.OptionalLong;

/** The JSON of a product, as caches, edges and the database give it. */
final class ProductEntry {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProductEntry() {}

    /** Empty where there is no product. */
    static OptionalLong revision(Optional<String> entry) {
        return entry.stream().mapToLong(ProductEntry::revision).findFirst();
    }

    static long revision(String entry) {
        try {
            return JSON.readTree(entry).required("revision").longValue();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry that is not JSON", e);
        }
    }
}
