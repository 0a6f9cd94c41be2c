package dev.freshet.soak;

/** The moments of a running sidecar at which a kill can be told to strike. */
enum Step {
    /** A source is about to be opened; nothing is known of it yet. */
    OPENING,
    /** A source is open, and nothing came of it yet. */
    OPENED,
    /** A batch has come, of a snapshot or of the log. */
    TAKEN,
    /** A batch has come that goes on with the transaction of the one before, which is done. */
    TAKEN_WITHIN_A_TRANSACTION,
    /** The database has answered what rules asked. */
    ASKED,
    /** Operations are about to be sent. */
    WRITING,
    /** They are acknowledged, and no checkpoint says so. */
    WRITTEN,
    /** A page of a sweep is done. */
    SWEPT,
    /** A checkpoint is about to be saved. */
    SAVING,
    /** It is saved, and the source does not know. */
    SAVED,
    /** The source knows. */
    CONFIRMED
}
