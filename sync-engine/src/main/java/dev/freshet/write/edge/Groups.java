package dev.freshet.write.edge;

import dev.freshet.plan.EdgeTarget;
import dev.freshet.rules.edge.Edge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** What waits, each target once, by what can go in one call, in order of arrival. Guarded by its queue's lock. */
final class Groups {
    private final Map<Key, SequencedMap<EdgeTarget, Waiting>> groups = new HashMap<>();
    private int size;
    private int escalable;

    /** What can go in one call. */
    record Key(Edge.Kind kind, boolean soft) {
        static Key of(Waiting item) {
            return new Key(item.kind(), item.soft());
        }
    }

    /** Takes out what waits for a target, if anything does. */
    Optional<Waiting> remove(EdgeTarget target, Edge.Kind kind) {
        return remove(new Key(kind, true), target).or(() -> remove(new Key(kind, false), target));
    }

    /** Nothing waits for its target. */
    void put(Waiting item) {
        groups.computeIfAbsent(Key.of(item), key -> new LinkedHashMap<>()).put(item.target(), item);
        size++;
        escalable += item.canEscalate() ? 1 : 0;
    }

    /** What waits for a target. */
    Optional<Waiting> find(EdgeTarget target, Edge.Kind kind) {
        return find(new Key(kind, true), target).or(() -> find(new Key(kind, false), target));
    }

    private Optional<Waiting> find(Key key, EdgeTarget target) {
        return Optional.ofNullable(groups.get(key)).map(group -> group.get(target));
    }

    /** Takes the place of what waits for the same target: it has waited as long. */
    void replace(Key place, Waiting before, Waiting item) {
        SequencedMap<EdgeTarget, Waiting> group = group(place);
        if (Key.of(item).equals(place)) {
            group.replace(item.target(), item);
            left(before);
        } else {
            Optional<Waiting> unused = remove(place, item.target());
            groups.computeIfAbsent(Key.of(item), key -> new LinkedHashMap<>()).putFirst(item.target(), item);
        }
        size++;
        escalable += item.canEscalate() ? 1 : 0;
    }

    private Optional<Waiting> remove(Key key, EdgeTarget target) {
        SequencedMap<EdgeTarget, Waiting> group = groups.get(key);
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
                .filter(group -> !group.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    int size(Key key) {
        return group(key).size();
    }

    /** The one that came first, of a group in which something waits. */
    Waiting first(Key key) {
        return group(key).firstEntry().getValue();
    }

    private SequencedMap<EdgeTarget, Waiting> group(Key key) {
        SequencedMap<EdgeTarget, Waiting> group = groups.get(key);
        if (group == null) {
            throw new IllegalStateException("nothing was ever of " + key);
        }
        return group;
    }

    /** Takes the first of a group out: as many as there is room for, but one in any case. */
    List<Waiting> take(Key key, int most, int bytes) {
        List<Waiting> taken = new ArrayList<>();
        int left = bytes;
        Iterator<Waiting> items = group(key).values().iterator();
        while (items.hasNext() && taken.size() < most) {
            Waiting item = items.next();
            left -= bytes(item.name());
            if (left < 0 && !taken.isEmpty()) {
                break;
            }
            items.remove();
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
        groups.values().forEach(group -> all.addAll(group.values()));
        return all;
    }

    /** How many wait of each kind. */
    Map<Edge.Kind, Integer> byKind() {
        Map<Edge.Kind, Integer> counts = new EnumMap<>(Edge.Kind.class);
        groups.forEach((key, group) -> {
            if (!group.isEmpty()) {
                counts.merge(key.kind(), group.size(), Integer::sum);
            }
        });
        return counts;
    }
}
