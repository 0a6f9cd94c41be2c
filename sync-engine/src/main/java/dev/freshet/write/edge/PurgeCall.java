package dev.freshet.write.edge;

import dev.freshet.rules.edge.Edge;
import java.util.List;

/**
 * What one call to a provider purges.
 *
 * @param id unique to these names: the same whenever this call is made again, and never that of another
 * @param kind what the names are
 * @param soft whether the old object may be served until the new one is there
 * @param names tags, whole URLs, beginnings of URLs with or without scheme, or hosts; none for {@link Edge.Kind#ALL}; each once
 */
public record PurgeCall(String id, Edge.Kind kind, boolean soft, List<String> names) {
    public PurgeCall {
        names = List.copyOf(names);
    }
}
