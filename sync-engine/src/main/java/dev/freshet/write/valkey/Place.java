package dev.freshet.write.valkey;

import dev.freshet.plan.CacheKey;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Part;
import java.util.Optional;

/** What has one fence: an entry, or a part of one. The operations on one place take effect in their order. */
record Place(CacheKey key, Optional<Part> part) {
    static Optional<Place> of(Operation operation) {
        return switch (operation) {
            case Operation.OnEntry entry -> Optional.of(new Place(entry.key(), Optional.empty()));
            case Operation.OnPart part -> Optional.of(new Place(part.key(), Optional.of(part.part())));
            case Operation.Scan scan -> Optional.empty();
            case Operation.InvalidateTag tag -> Optional.empty();
            case Operation.Purge purge -> Optional.empty();
            case Operation.Publish publish -> Optional.empty();
        };
    }
}
