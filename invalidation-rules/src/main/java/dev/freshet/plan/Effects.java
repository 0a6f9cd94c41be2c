package dev.freshet.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one rule makes of one change, while it is being found out. */
final class Effects {
    private final List<Operation> writes = new ArrayList<>(2);
    private final List<Operation> removals = new ArrayList<>(1);
    private final List<Failure> failures = new ArrayList<>(0);

    void write(Operation write) {
        writes.add(write);
    }

    /** Takes effect unless the same change writes the same thing. */
    void remove(Operation.Remove removal) {
        removals.add(removal);
    }

    /** As above. */
    void remove(Operation.RemovePart removal) {
        removals.add(removal);
    }

    void fail(Failure failure) {
        failures.add(failure);
    }

    /** Within one change an entry, or a part of one, that is both removed and written is written. */
    static Plan together(List<Effects> all) {
        List<Operation> operations = new ArrayList<>();
        List<Operation> removals = new ArrayList<>(0);
        List<Failure> failures = new ArrayList<>(0);
        for (Effects each : all) {
            operations.addAll(each.writes);
            removals.addAll(each.removals);
            failures.addAll(each.failures);
        }
        if (!removals.isEmpty()) {
            Set<Place> written = new HashSet<>();
            operations.forEach(write -> addWritten(written, write));
            for (Operation removal : removals) {
                if (!written.contains(Place.of(removal))) {
                    operations.add(removal);
                }
            }
        }
        return new Plan(operations, failures);
    }

    private static void addWritten(Set<Place> written, Operation write) {
        if (write instanceof Operation.Put || write instanceof Operation.PutPart) {
            written.add(Place.of(write));
        }
    }

    /** An entry or a part of one. */
    private sealed interface Place {
        record OfEntry(CacheKey key) implements Place {}

        record OfPart(CacheKey key, Part part) implements Place {}

        static Place of(Operation operation) {
            if (operation instanceof Operation.OnEntry onEntry) {
                return new OfEntry(onEntry.key());
            }
            if (operation instanceof Operation.OnPart onPart) {
                return new OfPart(onPart.key(), onPart.part());
            }
            throw new IllegalArgumentException("it has no place: " + operation);
        }
    }
}
