package dev.freshet.write.edge;

import dev.freshet.rules.edge.Edge;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What an edge of the tests holds, and what became of it. Safe on any thread. */
public final class CachedObjects {
    /** What a purge makes of an object. */
    public enum State {
        FRESH,
        STALE,
        GONE
    }

    /** An object that was cached. */
    public record CachedObject(URI url, Set<String> tags) {
        public CachedObject {
            tags = Set.copyOf(tags);
        }

        static CachedObject at(String url, String... tags) {
            return new CachedObject(URI.create(url), Set.of(tags));
        }

        public String withoutScheme() {
            return url.getRawSchemeSpecificPart().substring(2);
        }

        public String pathAndQuery() {
            return url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        }
    }

    private static final List<CachedObject> SHOP = List.of(
            CachedObject.at("https://shop.example/p/17", "product-17", "category-3"),
            CachedObject.at("https://shop.example/p/17?colour=red", "product-17"),
            CachedObject.at("https://shop.example/p/170", "product-170"),
            CachedObject.at("https://shop.example/p/17/reviews", "reviews-17"),
            CachedObject.at("https://shop.example/p/pen%20and%20ink", "product-18"),
            CachedObject.at("https://shop.example/c/3/", "category-3"),
            CachedObject.at("https://shop.example/c/3/new?page=2", "category-3"),
            CachedObject.at("https://shop.example/c/30/", "category-30"),
            CachedObject.at("https://shopxexample/p/17", "product-1"),
            CachedObject.at("https://www.other.example/p/17", "product-7"),
            CachedObject.at("https://www.other.example/c/3/", "category-4"));

    private final Map<URI, State> states = new TreeMap<>();

    public CachedObjects() {
        SHOP.forEach(object -> states.put(object.url(), State.FRESH));
    }

    /** Purges those that a condition holds for. */
    public synchronized void purge(boolean softly, Predicate<CachedObject> condition) {
        SHOP.stream()
                .filter(condition)
                .forEach(object -> states.merge(
                        object.url(), softly ? State.STALE : State.GONE, (was, is) -> was == State.GONE ? was : is));
    }

    /** Purges those that names of a kind name, as users mean it. */
    public void purge(boolean softly, Edge.Kind kind, Set<String> names) {
        Set<URI> named = named(kind, List.copyOf(names), true);
        purge(softly, object -> named.contains(object.url()));
    }

    public synchronized Set<URI> in(State state) {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue() == state)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those that names of a kind name, as users mean it, or at any host. */
    static Set<URI> named(Edge.Kind kind, List<String> names, boolean byHost) {
        return SHOP.stream()
                .filter(object -> switch (kind) {
                    case TAG -> names.stream().anyMatch(object.tags()::contains);
                    case URL ->
                        names.stream().anyMatch(name -> seen(object, byHost).equals(seen(name, byHost)));
                    case PREFIX ->
                        names.stream().anyMatch(name -> seen(object, byHost).startsWith(seen(name, byHost)));
                    case HOST -> names.contains(object.url().getHost());
                    case ALL -> true;
                })
                .map(CachedObject::url)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String seen(CachedObject object, boolean byHost) {
        return seen(object.url().toString(), byHost);
    }

    private static String seen(String url, boolean byHost) {
        String withoutScheme = url.replaceFirst("^https?://", "");
        return byHost ? withoutScheme : withoutScheme.substring(withoutScheme.indexOf('/'));
    }
}
