package dev.freshet.pipeline;

/** Opens sources for one member of a group. Used by one thread. */
public interface GroupSources {
    /**
     * The topics that there are by now.
     *
     * @throws SourceLostException where the broker cannot be reached or refuses
     */
    Topics topics() throws SourceLostException, InterruptedException;

    /**
     * Joins the group.
     *
     * @throws SourceLostException as for {@link #topics}
     */
    GroupSource open(Term term) throws SourceLostException, InterruptedException;

    /** Records are gone that were not done: retention has passed them, or the topic was made again. */
    final class GapException extends Exception {
        public GapException(String reason) {
            super(reason);
        }
    }
}
