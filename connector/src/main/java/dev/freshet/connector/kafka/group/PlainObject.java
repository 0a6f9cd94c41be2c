package dev.freshet.connector.kafka.group;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A JSON object, which keeps its values alone: thousands of rows wait at a time. */
final class PlainObject extends AbstractMap<String, @Nullable Object> {
    private final Names names;
    private final @Nullable Object[] values;

    /** @param values one for each name, in their order; not copied */
    PlainObject(Names names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        Integer place = name == null ? null : names.place(name);
        return place == null ? null : values[place];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return name != null && names.place(name) != null;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Set<String> keySet() {
        return names.set();
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
                return IntStream.range(0, values.length)
                        .<Map.Entry<String, @Nullable Object>>mapToObj(
                                place -> new SimpleImmutableEntry<>(names.at(place), values[place]))
                        .iterator();
            }

            @Override
            public int size() {
                return values.length;
            }
        };
    }
}
