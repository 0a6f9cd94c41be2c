package dev.freshet.pipeline;

/** What is done where records are gone that were not done. */
public enum OnGap {
    /** Everything is read again. */
    RESYNC,
    /** Nothing more is done before a person asks for that. */
    STOP
}
