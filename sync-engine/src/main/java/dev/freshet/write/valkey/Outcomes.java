package dev.freshet.write.valkey;

import dev.freshet.write.WriteResult;

/** Hears what became of the operation with an index. */
interface Outcomes {
    WriteResult APPLIED = new WriteResult.Applied();
    WriteResult SUPERSEDED = new WriteResult.Superseded();
    WriteResult LATE = new WriteResult.Late();

    void settle(int index, WriteResult result);
}
