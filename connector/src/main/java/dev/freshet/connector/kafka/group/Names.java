package dev.freshet.connector.kafka.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of a JSON object's members, in the order in which they were written. Records of one table share them. */
final class Names {
    static final Names NONE = new Names(List.of());

    private final List<String> inOrder;
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> set;

    /** @param inOrder none of them twice */
    Names(Collection<String> inOrder) {
        this.inOrder = List.copyOf(inOrder);
        this.inOrder.forEach(name -> places.put(name, places.size()));
        this.set = Set.copyOf(inOrder);
    }

    int count() {
        return inOrder.size();
    }

    String at(int place) {
        return inOrder.get(place);
    }

    /** Null where there is no such name. */
    @Nullable
    Integer place(Object name) {
        return places.get(name);
    }

    /** The same one each time, so that two objects of these names are known by it. */
    Set<String> set() {
        return set;
    }
}
