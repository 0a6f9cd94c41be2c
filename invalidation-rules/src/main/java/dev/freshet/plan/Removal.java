package dev.freshet.plan;

import java.util.Optional;

/** What becomes of an entry, or of a part of one, that cannot be put. */
public final class Removal {
    private Removal() {}

    /** A put that is set aside leaves no entry, since the one that is there is stale; nothing else has a substitute. */
    public static Optional<Operation> insteadOf(Operation operation) {
        return switch (operation) {
            case Operation.Put put ->
                Optional.of(new Operation.Invalidate(
                        put.rule(),
                        put.version(),
                        put.committedAt(),
                        put.key(),
                        put.tagging().all()));
            case Operation.Refresh refresh -> Optional.of(refresh.removal());
            case Operation.PutFound put ->
                Optional.of(new Operation.RemoveFound(
                        put.rule(), put.version(), put.committedAt(), put.cause(), put.key(), put.tags()));
            case Operation.RemoveFound remove -> Optional.empty();
            case Operation.PutPart put ->
                Optional.of(
                        new Operation.DropPart(put.rule(), put.version(), put.committedAt(), put.key(), put.part()));
            case Operation.Remove remove -> Optional.empty();
            case Operation.Invalidate invalidate -> Optional.empty();
            case Operation.InvalidateTag tag -> Optional.empty();
            case Operation.Purge purge -> Optional.empty();
            case Operation.Publish publish -> Optional.empty();
            case Operation.InvalidatePrefix prefix -> Optional.empty();
            case Operation.InvalidateTags tags -> Optional.empty();
            case Operation.RemovePart remove -> Optional.empty();
            case Operation.DropPart drop -> Optional.empty();
            case Operation.Sweep sweep -> Optional.empty();
            case Operation.SweepParts sweep -> Optional.empty();
            case Operation.SweepTagged sweep -> Optional.empty();
        };
    }
}
