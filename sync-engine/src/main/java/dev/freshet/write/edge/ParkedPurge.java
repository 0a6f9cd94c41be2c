package dev.freshet.write.edge;

/**
 * A purge as it stands durably.
 *
 * @param field what is to be purged, where and for whom; the same again replaces it
 * @param value tells one that was parked from another one of the same field that was parked later
 */
public record ParkedPurge(String field, String value) {}
