package dev.freshet.rules.yaml;

import dev.freshet.rules.RuleSet;
import dev.freshet.rules.Transcript;
import java.util.List;

/**
 * What came of loading a file and all it includes.
 *
 * @param <S> what the process read of its own settings
 */
public sealed interface Loading<S> {
    /**
     * It can be used.
     *
     * @param transcript of the rules, which {@link Transcripts} reads
     * @param warnings in the order of their places
     * @param places of the parts of the rules
     */
    record Loaded<S>(RuleSet rules, Transcript transcript, S settings, List<Problem> warnings, Places places)
            implements Loading<S> {
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    /** It cannot be used; every error and every warning, in the order of their places. */
    record Refused<S>(List<Problem> problems) implements Loading<S> {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
