package dev.freshet.write.valkey;

import dev.freshet.plan.Operation;
import dev.freshet.write.Sweeping;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link KeyspaceSweep} in steps. A place in the keyspace means something to one server alone, and behind a new link another
 * one may stand: the pass begins again there.
 */
final class PagedSweep implements Sweeping {
    private final ValkeyConnection connection;
    private final List<Operation.Scan> sweeps;
    private final LongSupplier leaderEpoch;
    private @Nullable Link of;
    private String cursor = Walk.BEGINNING;

    PagedSweep(ValkeyConnection connection, List<Operation.Scan> sweeps, LongSupplier leaderEpoch) {
        this.connection = connection;
        this.sweeps = List.copyOf(sweeps);
        this.leaderEpoch = leaderEpoch;
    }

    @Override
    public Step next(Terms terms) throws InterruptedException {
        return switch (connection.link()) {
            case Attempt.Away(WriteResult.RetryAfter why, boolean shut) -> new Step.PutOff(why.delay(), why.reason());
            case Attempt.Linked(Link link) -> next(link, terms);
        };
    }

    private Step next(Link link, Terms terms) throws InterruptedException {
        if (link != of) {
            of = link;
            cursor = Walk.BEGINNING;
        }
        ValkeyTarget target = connection.target();
        Clearance clearance = new Clearance(link, new Departures(target, terms));
        Walk.Page page = new KeyspaceSweep(target, link, leaderEpoch.getAsLong(), clearance).sweep(sweeps, cursor);
        return switch (page.result()) {
            case WriteResult.RetryAfter(var delay, String reason) -> new Step.PutOff(delay, reason);
            case WriteResult.Late late -> new Step.Late();
            case WriteResult.Applied applied -> after(page);
            case WriteResult.Superseded superseded -> after(page);
            // What holds something else in the place of a fence stays, here as in a write.
            case WriteResult.Rejected rejected -> after(page);
        };
    }

    private Step after(Walk.Page page) {
        cursor = page.next();
        return cursor.equals(Walk.BEGINNING) ? new Step.Last() : new Step.More();
    }
}
