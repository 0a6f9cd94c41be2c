package dev.freshet.assembly;

import dev.freshet.checkpoint.TranscriptStore;
import dev.freshet.pipeline.Succession;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Planner;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Transcripts;

/** A file's rules, as those that take the place of earlier ones. */
public final class RulesInForce {
    private RulesInForce() {}

    /** @param store keeps the rules of entries that are there */
    public static Succession of(Loading.Loaded<?> loaded, Catalog catalog, OldKeys oldKeys, TranscriptStore store) {
        return new Succession(
                new Planner(loaded.rules(), catalog, oldKeys),
                loaded.transcript(),
                transcript -> {
                    Transcripts.Rules earlier = Transcripts.read(transcript);
                    return new Planner(earlier.rules(), earlier.catalog(), oldKeys);
                },
                store);
    }
}
