package dev.freshet.servers.process;

/** The signals that the JDK cannot send by itself, by the names that {@code kill} knows. */
public enum Signal {
    TERM,
    INT,
    STOP,
    CONT
}
