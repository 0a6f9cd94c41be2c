package dev.freshet.write.valkey;

/** What Freshet keeps for itself beside the entries of a pipeline, a key each. */
enum OwnKey {
    CHECKPOINT("checkpoint"),
    /** Stands beside the checkpoint: an eviction takes one of them, a loss both. */
    MARK("mark"),
    LEAD("lead"),
    RULES("rules"),
    SENT("sent"),
    TABLES("tables"),
    DEAD_LETTERS("deadletters"),
    RESYNC("resync"),
    /** What edges are still to purge. */
    PURGES("purges"),
    /** How much edges purged, by month. */
    SPENT("spent");

    private final String text;

    OwnKey(String text) {
        this.text = text;
    }

    /** As its key ends. */
    String text() {
        return text;
    }
}
