package dev.freshet.connector.debezium;

import dev.freshet.pipeline.Quiet;
import java.time.Duration;

/**
 * Decides when a source that says nothing has nothing to say, and when it is dead. After half of the patience it is asked, by a
 * message that has to come back through the log; after all of it, it is given up. Used by one thread.
 */
final class Silence {
    private final Duration patience;
    private final Quiet quiet;
    private boolean asked;

    Silence(Duration patience) {
        this.patience = patience;
        this.quiet = new Quiet(patience.dividedBy(4));
    }

    /** What is to be done. */
    enum Step {
        NOTHING,
        ASK,
        GIVE_UP
    }

    /**
     * Looks at a source.
     *
     * @param of which one
     * @param serverIsBusy whether the server reads or decodes its log for it; it may do so for long without a word
     * @param since the last look
     */
    Step look(Object of, EngineSigns.Seen now, boolean serverIsBusy, Duration since) {
        if (!now.isStreaming() || now.isAtWork() || serverIsBusy) {
            forget();
            return Step.NOTHING;
        }
        Duration silent = quiet.look(of, now.heard(), since);
        if (silent.isZero()) {
            asked = false;
        } else if (asked && silent.compareTo(patience) >= 0) {
            forget();
            return Step.GIVE_UP;
        } else if (!asked && silent.compareTo(patience.dividedBy(2)) >= 0) {
            asked = true;
            return Step.ASK;
        }
        return Step.NOTHING;
    }

    /** There is no source, or nothing is to be heard of it. */
    void forget() {
        quiet.forget();
        asked = false;
    }
}
