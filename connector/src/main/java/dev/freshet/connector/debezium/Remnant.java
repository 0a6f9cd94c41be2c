package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import java.util.Set;

/** Something in a database under a name that a Freshet was given. */
public sealed interface Remnant {
    String name();

    /**
     * A replication slot of Freshet's kind that nobody holds.
     *
     * @param retainedBytes how much log the server keeps for it
     */
    record Slot(String name, long retainedBytes) implements Remnant {}

    /** A slot that a process holds, or is about to; the reason says who. */
    record HeldSlot(String name, String reason) implements Remnant {}

    /** A slot that was never Freshet's; the reason says whose. */
    record OtherSlot(String name, String reason) implements Remnant {}

    /**
     * A publication.
     *
     * @param tables that it names
     * @param allTables whether it is of every table there is
     * @param droppable whether the role may drop it
     * @param statement what drops it
     */
    record Publication(String name, Set<TableId> tables, boolean allTables, boolean droppable, String statement)
            implements Remnant {
        public Publication {
            tables = Set.copyOf(tables);
        }
    }
}
