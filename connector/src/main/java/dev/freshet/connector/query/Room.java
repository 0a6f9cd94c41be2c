package dev.freshet.connector.query;

/** How much more may be held; what is asked first has room in any case. */
final class Room {
    private static final int ROWS = 20_000;

    private int rows;
    private long bytes;

    Room(long bytes) {
        this(ROWS, bytes);
    }

    private Room(int rows, long bytes) {
        this.rows = rows;
        this.bytes = bytes;
    }

    /** What each of some has, so that none of them takes it all. */
    Room share(int among) {
        return new Room(Math.max(1, rows / among), Math.max(1, bytes / among));
    }

    void take(long ofRow) {
        rows--;
        bytes -= ofRow;
    }

    boolean isFull() {
        return rows <= 0 || bytes <= 0;
    }
}
