package dev.freshet.sidecar.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The JSON of a product, as both caches hold it. */
final class ProductEntry {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProductEntry() {}

    static long revision(String entry) {
        try {
            return JSON.readTree(entry).required("revision").longValue();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry that is not JSON", e);
        }
    }
}
