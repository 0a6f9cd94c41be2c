package dev.freshet.connector.kafka.holding;

/** Where a partition begins that nobody has read in this term. */
public enum Start {
    BEGINNING,
    END
}
