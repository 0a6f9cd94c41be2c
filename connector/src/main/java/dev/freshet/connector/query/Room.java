package dev.freshet.connector.query;

/** How much more may be held; what is asked first has room in any case. */
final class Room {
    private static final int ROWS = 20_000;

    private int rows = ROWS;
    private long bytes;

    Room(long bytes) {
        this.bytes = bytes;
    }

    void take(long ofRow) {
        rows--;
        bytes -= ofRow;
    }

    boolean isFull() {
        return rows <= 0 || bytes <= 0;
    }
}
