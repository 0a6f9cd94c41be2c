package dev.freshet.write.valkey;

import dev.freshet.write.WriteResult;

/** Hears what became of the operation with an index. */
interface Outcomes {
    WriteResult APPLIED = new WriteResult.Applied();
    WriteResult SUPERSEDED = new WriteResult.Superseded();
    WriteResult LATE = new WriteResult.Late();

    void settle(int index, WriteResult result);

    /** Whether it has to be done again. */
    static boolean isPutOff(WriteResult result) {
        return switch (result) {
            case WriteResult.RetryAfter retry -> true;
            case WriteResult.Late late -> true;
            case WriteResult.Applied applied -> false;
            case WriteResult.Superseded superseded -> false;
            case WriteResult.Rejected rejected -> false;
        };
    }

    /** What is put off comes before what is rejected, and both before what was done or need not be. */
    static WriteResult worse(WriteResult one, WriteResult other) {
        return rank(other) > rank(one) ? other : one;
    }

    private static int rank(WriteResult result) {
        return switch (result) {
            case WriteResult.Superseded superseded -> 0;
            case WriteResult.Applied applied -> 0;
            case WriteResult.Rejected rejected -> 1;
            case WriteResult.RetryAfter retry -> 2;
            case WriteResult.Late late -> 3;
        };
    }
}
