package dev.freshet.rules.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The process around the rules, as far as its file is concerned: it reads the top-level keys that belong to it.
 *
 * @param <S> what it makes of them
 */
@FunctionalInterface
public interface Shell<S> {
    /**
     * Asks {@code top} for its keys; the key of a process that is not asked for is an error.
     *
     * @return empty where something was wrong, which is reported
     */
    Optional<S> read(Section top);

    /** Takes every key of a process and reads none. */
    Shell<Map<String, Node>> UNREAD = top -> {
        Map<String, Node> nodes = new LinkedHashMap<>();
        RuleFiles.PROCESS_KEYS.forEach(key -> top.node(key).ifPresent(node -> nodes.put(key, node)));
        return Optional.of(nodes);
    };
}
