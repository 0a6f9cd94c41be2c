package dev.freshet.change;

/**
 * The value of a column that the database did not send: the old value of a column outside the replica identity, or an
 * unchanged TOAST value. It is not NULL and must never be written to a cache.
 */
public enum Unknown {
    VALUE;

    @Override
    public String toString() {
        return "(not sent)";
    }
}
