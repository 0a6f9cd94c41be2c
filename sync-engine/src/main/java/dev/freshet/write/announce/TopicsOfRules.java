package dev.freshet.write.announce;

import dev.freshet.rules.Publication;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;

/** Where rules publish to topics, for which a broker has to be known. */
public final class TopicsOfRules {
    private TopicsOfRules() {}

    /** Paths such as {@code rules.product.publish[0]}. */
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
                case Publication.ToTopic topic -> found.add(of + "publish[" + i + "]");
            }
        }
    }
}
