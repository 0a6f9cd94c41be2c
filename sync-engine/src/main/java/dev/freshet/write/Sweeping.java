package dev.freshet.write;

import java.time.Duration;

/** One pass over all that a target holds, a page at a time. Used by one thread. */
@FunctionalInterface
public interface Sweeping {
    /** Removes what the next page holds of what is to go; where the target may be another one by now, of the first page. */
    Step next(Terms terms) throws InterruptedException;

    /** What became of a page. */
    sealed interface Step {
        /** Done, and there are more pages. */
        record More() implements Step {}

        /** Done, as all pages are. */
        record Last() implements Step {}

        /** The target could not do it now; the page comes again. */
        record PutOff(Duration delay, String reason) implements Step {}

        /** It came too late, as {@link WriteResult.Late}. */
        record Late() implements Step {}
    }
}
