package dev.freshet.write.valkey;

import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.Lifetime;
import dev.freshet.rules.Publication;
import dev.freshet.rules.Purge;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What rules can say and the scripts do not do yet. Whoever starts a pipeline refuses such rules; an operation that arrives all
 * the same is rejected, never passed over.
 */
public final class NotWrittenYet {
    private static final String SHARED = "parts of shared entries";
    private static final String TAGS = "tags";
    private static final String PURGES = "purges";
    private static final String MESSAGES = "messages";
    private static final String PREFIXES = "prefixes";
    private static final String EXPIRE_AT = "expire_at";

    private NotWrittenYet() {}

    /** Where rules need it, such as {@code rules.product.put[0] (as: set)}; empty where they do not. */
    public static List<String> in(RuleSet rules) {
        List<String> found = new ArrayList<>();
        for (Rule rule : rules.rules()) {
            for (int i = 0; i < rule.puts().size(); i++) {
                String where = "rules." + rule.name() + ".put[" + i + "] (";
                in(rule.puts().get(i)).forEach(what -> found.add(where + what + ")"));
            }
            String of = "rules." + rule.name() + ".";
            invalidations(of, rule.invalidations(), found);
            purges(of, rule.purges(), found);
            publications(of, rule.publications(), found);
            String truncate = of + "on_truncate.";
            rule.onTruncate().invalidations().ifPresent(some -> invalidations(truncate, some, found));
            rule.onTruncate().purges().ifPresent(some -> purges(truncate, some, found));
            rule.onTruncate().publications().ifPresent(some -> publications(truncate, some, found));
        }
        return found;
    }

    private static void invalidations(String of, List<Invalidation> invalidations, List<String> found) {
        for (int i = 0; i < invalidations.size(); i++) {
            String what = of + "invalidate[" + i + "] (" + invalidations.get(i).by() + ")";
            switch (invalidations.get(i)) {
                case Invalidation.ByKey key -> {}
                case Invalidation.ByTag tag -> found.add(what);
                case Invalidation.ByPrefix prefix -> found.add(what);
            }
        }
    }

    private static void purges(String of, List<Purge> purges, List<String> found) {
        for (int i = 0; i < purges.size(); i++) {
            found.add(of + "purge[" + i + "]");
        }
    }

    private static void publications(String of, List<Publication> publications, List<String> found) {
        for (int i = 0; i < publications.size(); i++) {
            found.add(of + "publish[" + i + "] (" + publications.get(i).by() + ")");
        }
    }

    private static List<String> in(RowPut put) {
        List<String> found = new ArrayList<>();
        switch (put.form()) {
            case RowPut.Whole whole -> {}
            case RowPut.AsMergedHash merged -> found.add("merge: true");
            case RowPut.AsHashField field -> found.add("as: hash with member");
            case RowPut.AsSetMember set -> found.add("as: set");
            case RowPut.AsSortedSetMember sorted -> found.add("as: sorted_set");
        }
        if (put.lifetime() instanceof Lifetime.Until) {
            found.add(EXPIRE_AT);
        }
        if (!put.tags().isEmpty()) {
            found.add(TAGS);
        }
        return found;
    }

    /** Why an operation cannot be written. A tag that is left was never joined. */
    static Optional<String> reason(Operation operation) {
        return switch (operation) {
            case Operation.Put put when !put.tagging().join().isEmpty() -> Optional.of(TAGS);
            case Operation.Put put when put.expiry() instanceof Expiry.At -> Optional.of(EXPIRE_AT);
            case Operation.Put put -> Optional.empty();
            case Operation.Remove remove -> Optional.empty();
            case Operation.Invalidate invalidate -> Optional.empty();
            case Operation.Sweep sweep -> Optional.empty();
            case Operation.InvalidateTag tag -> Optional.of(TAGS);
            case Operation.Purge purge -> Optional.of(PURGES);
            case Operation.Publish publish -> Optional.of(MESSAGES);
            case Operation.InvalidateTags tags -> Optional.of(TAGS);
            case Operation.InvalidatePrefix prefix -> Optional.of(PREFIXES);
            case Operation.OnPart part -> Optional.of(SHARED);
            case Operation.SweepParts sweep -> Optional.of(SHARED);
            case Operation.SweepTagged sweep -> Optional.of(TAGS);
        };
    }
}
