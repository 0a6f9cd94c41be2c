package dev.freshet.pipeline;

import dev.freshet.plan.Planner;
import dev.freshet.rules.NotATranscriptException;
import dev.freshet.rules.Transcript;

/** Reads rules that were in force before, from what was kept of them. */
@FunctionalInterface
public interface EarlierRules {
    /**
     * Plans by them.
     *
     * @throws NotATranscriptException where this version cannot read them; the message says why
     */
    Planner read(Transcript transcript) throws NotATranscriptException;
}
