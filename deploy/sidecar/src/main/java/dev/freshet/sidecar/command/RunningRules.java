package dev.freshet.sidecar.command;

import dev.freshet.assembly.Target;
import dev.freshet.rules.NotATranscriptException;
import dev.freshet.rules.Transcript;
import dev.freshet.rules.yaml.Transcripts;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyTranscripts;
import java.util.List;

/** The rules that a running Freshet left in its cache, or the last one that ran. */
final class RunningRules {
    private static final String ADVICE = "; name the file that runs with --against";

    private RunningRules() {}

    /**
     * Those of the slot that settings name, in the cache and under the prefix that they name.
     *
     * @throws CommandFailedException where the cache does not answer, or tells of no rules
     */
    static Transcripts.Rules of(SidecarSettings settings) {
        String slot = settings.source().pipeline();
        String prefix = settings.cache().prefix();
        String place = "in the cache, for slot '" + slot + "'" + (prefix.isEmpty() ? "" : " under '" + prefix + "'");
        List<Transcript> kept = kept(settings, slot);
        if (kept.isEmpty()) {
            throw CommandFailedException.failed("no running Freshet left its rules " + place + ADVICE
                    + "; if cache.url, cache.prefix or source.slot is another one than before, its entries stay");
        }
        try {
            return Transcripts.read(kept.getLast());
        } catch (NotATranscriptException e) {
            throw CommandFailedException.failed("the rules " + place + ", cannot be read (" + e.getMessage()
                    + "): another version of Freshet" + ADVICE);
        }
    }

    private static List<Transcript> kept(SidecarSettings settings, String slot) {
        try (ValkeyConnection cache = new ValkeyConnection(Target.of(settings))) {
            return new ValkeyTranscripts(cache, slot).load();
        } catch (TargetAwayException e) {
            throw CommandFailedException.failed("the cache does not answer: " + e.getMessage());
        }
    }
}
