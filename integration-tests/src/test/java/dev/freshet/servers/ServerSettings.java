package dev.freshet.servers;

import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Settings by the name that the server itself gives them; they win over the defaults of the adapter that starts it.
 *
 * @param values name to value, sorted by name
 */
public record ServerSettings(SequencedMap<String, String> values) {
    public static final ServerSettings DEFAULT = new ServerSettings(new TreeMap<>());

    public ServerSettings {
        values = Collections.unmodifiableSequencedMap(new TreeMap<>(values));
    }

    public ServerSettings with(String name, String value) {
        var more = new TreeMap<>(values);
        more.put(name, value);
        return new ServerSettings(more);
    }

    /** These settings, completed by the others. */
    public ServerSettings over(ServerSettings others) {
        var all = new TreeMap<>(others.values);
        all.putAll(values);
        return new ServerSettings(all);
    }
}
