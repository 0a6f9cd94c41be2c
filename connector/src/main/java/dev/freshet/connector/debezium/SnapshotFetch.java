package dev.freshet.connector.debezium;

import java.util.Properties;

/**
 * How many rows a snapshot takes from the server at once: as many as are sure to fit, as far as the tables' sizes tell. Where
 * rows are wider than that, or many wide ones stand together, the driver ends the reading before memory does, and the next one
 * takes fewer at once. Used by one thread at a time.
 */
final class SnapshotFetch {
    private static final int MOST = 10_240;
    private static final int FEWER = 8;

    /** Stored rows are compressed, and not all alike. */
    private static final int WIDER = 4;

    private final long bytes;
    private final long ofOneRow;
    private int divisor = 1;
    private boolean isUnderWay;

    /**
     * Of no snapshot yet.
     *
     * @param bytes most of several rows that are taken at once
     * @param ofOneRow a row that has more cannot be read
     */
    SnapshotFetch(long bytes, long ofOneRow) {
        this.bytes = bytes;
        this.ofOneRow = ofOneRow;
    }

    /**
     * A snapshot begins.
     *
     * @param rowBytes how wide the rows of the widest table are, on average
     */
    void begin(long rowBytes, Properties p) {
        divisor = isUnderWay ? divisor * FEWER : 1;
        isUnderWay = true;
        int rows = rows(rowBytes);
        p.setProperty("snapshot.fetch.size", Integer.toString(rows));
        p.setProperty("driver.maxResultBuffer", Long.toString(rows == 1 ? ofOneRow : bytes));
    }

    private int rows(long rowBytes) {
        long fitting = Math.clamp(bytes / Math.max(1, rowBytes * WIDER), 1, MOST);
        divisor = (int) Math.min(divisor, fitting);
        return (int) fitting / divisor;
    }

    /** It was read to its end. */
    void ended() {
        isUnderWay = false;
    }
}
