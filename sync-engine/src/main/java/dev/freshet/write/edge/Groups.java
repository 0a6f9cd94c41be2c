package dev.freshet.write.edge;

import dev.freshet.plan.EdgeTarget;
import dev.freshet.rules.edge.Edge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What waits, each target once, by what can go in one call, in order of arrival. Guarded by its queue's lock. */
final class Groups {
    private final Map<Key, Group> groups = new HashMap<>();
    private int size;
    private int escalable;
    private long entered;

    /** What can go in one call. */
    record Key(Edge.Kind kind, boolean soft) {
        static Key of(Waiting item) {
            return new Key(item.kind(), item.soft());
        }
    }

    /** Where one stands among others: behind all that wait longer, or as long and came before. */
    private record Place(long since, long number) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return since == other.since ? Long.compare(number, other.number) : Long.compare(since, other.since);
        }
    }

    private static final class Group {
        private final Map<EdgeTarget, Place> places = new HashMap<>();
        private final NavigableMap<Place, Waiting> items = new TreeMap<>();

        void put(Place place, Waiting item) {
            places.put(item.target(), place);
            items.put(place, item);
        }

        @Nullable
        Waiting remove(EdgeTarget target) {
            Place place = places.remove(target);
            return place == null ? null : items.remove(place);
        }

        Waiting first() {
            return items.firstEntry().getValue();
        }
    }

    /** Takes out what waits for a target, if anything does. */
    Optional<Waiting> remove(EdgeTarget target, Edge.Kind kind) {
        return remove(new Key(kind, true), target).or(() -> remove(new Key(kind, false), target));
    }

    /** Nothing waits for its target. */
    void put(Waiting item) {
        put(item, entered++);
    }

    private void put(Waiting item, long number) {
        groups.computeIfAbsent(Key.of(item), key -> new Group()).put(new Place(item.since(), number), item);
        size++;
        escalable += item.canEscalate() ? 1 : 0;
    }

    /** What waits for a target. */
    Optional<Waiting> find(EdgeTarget target, Edge.Kind kind) {
        return find(new Key(kind, true), target).or(() -> find(new Key(kind, false), target));
    }

    private Optional<Waiting> find(Key key, EdgeTarget target) {
        Group group = groups.get(key);
        Place place = group == null ? null : group.places.get(target);
        return group == null || place == null ? Optional.empty() : Optional.ofNullable(group.items.get(place));
    }

    /** Stands where another one of the same target stood, in a group of its own kind. */
    void replace(Key key, Waiting before, Waiting item) {
        Place place = group(key).places.get(before.target());
        long number = place == null ? entered++ : place.number();
        Optional<Waiting> unused = remove(key, before.target());
        put(item, number);
    }

    private Optional<Waiting> remove(Key key, EdgeTarget target) {
        Group group = groups.get(key);
        Waiting removed = group == null ? null : group.remove(target);
        if (removed == null) {
            return Optional.empty();
        }
        left(removed);
        return Optional.of(removed);
    }

    private void left(Waiting item) {
        size--;
        escalable -= item.canEscalate() ? 1 : 0;
    }

    int size() {
        return size;
    }

    /** How many can be replaced by what they escalate to. */
    int escalable() {
        return escalable;
    }

    /** Groups in which something waits. */
    List<Key> keys() {
        return groups.entrySet().stream()
                .filter(group -> !group.getValue().items.isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    int size(Key key) {
        return group(key).items.size();
    }

    /** The one that has waited longest, of a group in which something waits. */
    Waiting first(Key key) {
        return group(key).first();
    }

    private Group group(Key key) {
        Group group = groups.get(key);
        if (group == null) {
            throw new IllegalStateException("nothing was ever of " + key);
        }
        return group;
    }

    /** Takes the first of a group out: as many as there is room for, but one in any case. */
    List<Waiting> take(Key key, int most, int bytes) {
        Group group = group(key);
        List<Waiting> taken = new ArrayList<>();
        int left = bytes;
        Iterator<Waiting> items = group.items.values().iterator();
        while (items.hasNext() && taken.size() < most) {
            Waiting item = items.next();
            left -= bytes(item.name());
            if (left < 0 && !taken.isEmpty()) {
                break;
            }
            items.remove();
            group.places.remove(item.target());
            left(item);
            taken.add(item);
        }
        return taken;
    }

    /** In a header or a JSON list, with what stands around it. */
    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length + 3;
    }

    /** Takes all out. */
    List<Waiting> takeAll() {
        List<Waiting> all = new ArrayList<>(all());
        groups.clear();
        size = 0;
        escalable = 0;
        return all;
    }

    Collection<Waiting> all() {
        List<Waiting> all = new ArrayList<>(size);
        groups.values().forEach(group -> all.addAll(group.items.values()));
        return all;
    }

    /** How many wait of each kind. */
    Map<Edge.Kind, Integer> byKind() {
        Map<Edge.Kind, Integer> counts = new EnumMap<>(Edge.Kind.class);
        groups.forEach((key, group) -> {
            if (!group.items.isEmpty()) {
                counts.merge(key.kind(), group.items.size(), Integer::sum);
            }
        });
        return counts;
    }
}
