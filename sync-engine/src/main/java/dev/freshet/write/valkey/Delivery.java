package dev.freshet.write.valkey;

import dev.freshet.plan.CacheKey;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One list of operations on its way. The operations on one key take effect in the list's order: where one is put off, those
 * behind it on the same key are put off as well; where anything before a sweep is put off, so are the sweep and the rest.
 */
final class Delivery implements Outcomes {
    private final ValkeyTarget target;
    private final Link link;
    private final long leaderEpoch;
    private final Flight.Departure departure;
    private final List<Operation> operations;
    private final @Nullable WriteResult[] results;
    private final Map<CacheKey, WriteResult> putOff = new HashMap<>();
    private Run run;

    Delivery(ValkeyTarget target, Link link, long leaderEpoch, Flight.Departure departure, List<Operation> operations) {
        this.target = target;
        this.link = link;
        this.leaderEpoch = leaderEpoch;
        this.departure = departure;
        this.operations = operations;
        this.results = new WriteResult[operations.size()];
        this.run = newRun();
    }

    List<WriteResult> deliver() throws InterruptedException {
        Optional<WriteResult> barred = Optional.empty();
        for (int i = 0; i < operations.size(); i++) {
            if (barred.isPresent()) {
                results[i] = barred.get();
                continue;
            }
            switch (operations.get(i)) {
                case Operation.Sweep sweep -> barred = sweep(i, sweep);
                case Operation.OnEntry onEntry -> deliver(i, onEntry);
            }
        }
        run.finish();
        return Arrays.stream(results).map(Objects::requireNonNull).toList();
    }

    @Override
    public void settle(int index, WriteResult result) {
        results[index] = result;
        if (isPutOff(result) && operations.get(index) instanceof Operation.OnEntry onEntry) {
            putOff.putIfAbsent(onEntry.key(), result);
        }
    }

    private void deliver(int index, Operation.OnEntry operation) throws InterruptedException {
        if (!run.takes(operation)) {
            finishRun();
        }
        WriteResult before = putOff.isEmpty() ? null : putOff.get(operation.key());
        if (before == null) {
            run.add(index, operation);
        } else {
            results[index] = before;
        }
    }

    private Optional<WriteResult> sweep(int index, Operation.Sweep sweep) throws InterruptedException {
        finishRun();
        WriteResult result = putOff.isEmpty()
                ? new KeyspaceSweep(target, link, leaderEpoch, departure).sweep(sweep)
                : putOff.values().iterator().next();
        results[index] = result;
        return isPutOff(result) ? Optional.of(result) : Optional.empty();
    }

    private void finishRun() throws InterruptedException {
        run.finish();
        run = newRun();
    }

    private Run newRun() {
        return new Run(target, leaderEpoch, new Flight(link, departure, this), this);
    }

    private static boolean isPutOff(WriteResult result) {
        return switch (result) {
            case WriteResult.RetryAfter retry -> true;
            case WriteResult.Late late -> true;
            case WriteResult.Applied applied -> false;
            case WriteResult.Superseded superseded -> false;
            case WriteResult.Rejected rejected -> false;
        };
    }
}
