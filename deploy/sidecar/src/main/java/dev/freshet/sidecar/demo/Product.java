package dev.freshet.sidecar.demo;

/** A row of {@code product}, which may be deleted by now; an id is never used again. */
record Product(long id, History history) {}
