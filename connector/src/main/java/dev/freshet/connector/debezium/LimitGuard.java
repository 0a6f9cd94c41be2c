package dev.freshet.connector.debezium;

import dev.freshet.pipeline.SourceLostException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what was decided for a slot that keeps more log than it may. Used by one thread. */
final class LimitGuard {
    private static final Logger LOG = LoggerFactory.getLogger(LimitGuard.class);

    private final PostgresConnections connections;
    private final PostgresSourceOpener opener;
    private final String slot;
    private final SlotLimit limit;
    private final Excess excess;
    private String complaint = "";

    /** {@code opener} of the sources that read from the slot. */
    LimitGuard(PostgresConnections connections, PostgresSourceOpener opener, String slot, SlotLimit limit) {
        this.connections = connections;
        this.opener = opener;
        this.slot = slot;
        this.limit = limit;
        this.excess = new Excess(limit.bytes());
    }

    boolean isAbove(long retained) {
        return excess.isAbove(retained);
    }

    /** What happens where it keeps so much, in bytes. */
    List<SlotEvent> of(long retained) {
        List<SlotEvent> events = new ArrayList<>();
        excess.of(retained).ifPresent(events::add);
        if (!isAbove(retained)) {
            return events;
        }
        switch (limit.above()) {
            case WARN -> {}
            case DROP_SLOT -> {
                long most = limit.bytes().orElseThrow();
                if (isDropped(most)) {
                    excess.forget();
                    events.add(new SlotEvent.SlotDropped(retained, most));
                }
            }
        }
        return events;
    }

    /**
     * Only under the lock on the slot: this process has it, or takes it for the moment where nobody has. False where another process
     * has it, or the server does not let go of the slot now: the next look tries again.
     */
    private boolean isDropped(long most) {
        Optional<SlotHold> own = opener.grip().map(Grip::hold);
        try {
            if (own.isPresent()) {
                return own.get().dropAbove(most);
            }
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("the lock on the slot may be lost");
        }
        try (SlotHold now = SlotHold.take(connections, slot)) {
            own.ifPresent(lost -> lost.revoke(lost.outgrown(most)));
            return now.dropAbove(most);
        } catch (SourceLostException e) {
            return false;
        } catch (SQLException | DatabaseUnreachableException e) {
            complain(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Once as long as it stays the same. */
    private void complain(String reason) {
        if (!reason.equals(complaint)) {
            complaint = reason;
            LOG.atWarn()
                    .addKeyValue("slot", slot)
                    .addKeyValue("reason", reason)
                    .log("the slot keeps too much log and cannot be dropped");
        }
    }
}
