package dev.freshet.plan;

/** What to do where the name that an old row had cannot be told, since the database did not send what it is made of. */
public enum OldKeys {
    /** It is a failure: an entry under that name may stay, and somebody has to know. */
    REQUIRED,
    /** Nothing: the user accepts that entries under old names may stay. */
    MAY_BE_UNKNOWN
}
