package dev.freshet.sidecar.outcome;

import java.util.Locale;

/** What can be done for a change. */
public enum Word {
    WRITTEN,
    REMOVED,
    /** Its query is asked what it holds. */
    REFRESHED,
    INVALIDATED,
    /** A table was truncated: whatever matches goes. */
    SWEPT,
    /** The database is asked for which rows something is to be done. */
    ASKED,
    PURGED,
    PUBLISHED,
    /** It could not be done, and a dead letter says so. */
    FAILED;

    /** As users see and write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
