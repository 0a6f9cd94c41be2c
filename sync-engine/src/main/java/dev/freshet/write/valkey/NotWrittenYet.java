package dev.freshet.write.valkey;

import dev.freshet.rules.Publication;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What rules can say and nobody does yet. Whoever starts a pipeline refuses such rules; an operation that arrives all the same
 * is rejected, never passed over.
 */
public final class NotWrittenYet {
    static final String TOPICS = "topics: not supported yet";

    private NotWrittenYet() {}

    /** Where rules need it, such as {@code rules.product.publish[0]}; empty where they do not. */
    public static List<String> in(RuleSet rules) {
        List<String> found = new ArrayList<>();
        for (Rule rule : rules.rules()) {
            String of = "rules." + rule.name() + ".";
            publications(of, rule.publications(), found);
            String truncate = of + "on_truncate.";
            rule.onTruncate().publications().ifPresent(some -> publications(truncate, some, found));
        }
        return found;
    }

    private static void publications(String of, List<Publication> publications, List<String> found) {
        for (int i = 0; i < publications.size(); i++) {
            switch (publications.get(i)) {
                case Publication.ToStream stream -> {}
                case Publication.ToChannel channel -> {}
                case Publication.ToTopic topic -> found.add(of + "publish[" + i + "] (" + topic.by() + ")");
            }
        }
    }
}
