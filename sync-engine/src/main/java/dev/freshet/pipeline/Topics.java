package dev.freshet.pipeline;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Topics and what tells them from others of the same name.
 *
 * @param ids by name; names and ids have neither blank nor {@code =}
 */
public record Topics(Map<String, String> ids) {
    public Topics {
        ids = Map.copyOf(ids);
    }

    /** Reads {@link #text} back. */
    static Topics read(String text) {
        return new Topics(Stream.of(text.split(" "))
                .filter(each -> each.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        each -> each.substring(0, each.indexOf('=')), each -> each.substring(each.indexOf('=') + 1))));
    }

    String text() {
        return new TreeMap<>(ids)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(" "));
    }

    /** One that was deleted since, and made again. */
    Optional<String> madeAgain(Topics now) {
        return ids.keySet().stream()
                .sorted()
                .filter(name -> now.ids.containsKey(name) && !now.ids.get(name).equals(ids.get(name)))
                .findFirst();
    }

    /** These, and those that are new among others. */
    Topics and(Topics others) {
        Map<String, String> all = new TreeMap<>(others.ids);
        all.putAll(ids);
        return new Topics(all);
    }
}
