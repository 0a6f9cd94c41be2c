package dev.freshet.write.valkey;

import dev.freshet.plan.CacheKey;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import java.util.ArrayList;
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
    private final Departures departures;
    private final List<Operation> operations;
    private final @Nullable WriteResult[] results;
    private final Map<CacheKey, WriteResult> putOff = new HashMap<>();
    private long plannedAtNanos;
    private Run run;

    Delivery(
            ValkeyTarget target,
            Link link,
            long leaderEpoch,
            Departures departures,
            long plannedAtNanos,
            List<Operation> operations) {
        this.target = target;
        this.link = link;
        this.leaderEpoch = leaderEpoch;
        this.departures = departures;
        this.plannedAtNanos = plannedAtNanos;
        this.operations = operations;
        this.results = new WriteResult[operations.size()];
        this.run = newRun();
    }

    List<WriteResult> deliver() throws InterruptedException {
        Optional<WriteResult> barred = Optional.empty();
        int next = 0;
        while (next < operations.size()) {
            List<Operation.Sweep> sweeps = sweepsFrom(next);
            int end = next + Math.max(1, sweeps.size());
            if (barred.isPresent()) {
                Arrays.fill(results, next, end, barred.get());
            } else if (!sweeps.isEmpty()) {
                barred = sweep(next, sweeps);
            } else {
                deliver(next, operations.get(next));
            }
            next = end;
        }
        run.finish();
        return Arrays.stream(results).map(Objects::requireNonNull).toList();
    }

    /** The sweeps that follow one another from here on: one pass over the keyspace serves them all. */
    private List<Operation.Sweep> sweepsFrom(int index) {
        List<Operation.Sweep> sweeps = new ArrayList<>();
        for (int i = index; i < operations.size() && operations.get(i) instanceof Operation.Sweep sweep; i++) {
            sweeps.add(sweep);
        }
        return sweeps;
    }

    @Override
    public void settle(int index, WriteResult result) {
        results[index] = result;
        if (isPutOff(result) && operations.get(index) instanceof Operation.OnEntry onEntry) {
            putOff.putIfAbsent(onEntry.key(), result);
        }
    }

    private void deliver(int index, Operation operation) throws InterruptedException {
        Optional<String> missing = NotWrittenYet.reason(operation);
        if (missing.isPresent()) {
            results[index] = new WriteResult.Rejected(missing.get() + ": not supported by this cache yet");
        } else if (operation instanceof Operation.OnEntry onEntry) {
            deliver(index, onEntry);
        } else {
            throw new IllegalStateException("sweeps go another way: " + operation);
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

    /** It may take longer than a deadline allows; whoever has swept to the end was alive and at work until then. */
    private Optional<WriteResult> sweep(int index, List<Operation.Sweep> sweeps) throws InterruptedException {
        run.finish();
        WriteResult result = putOff.isEmpty()
                ? new KeyspaceSweep(target, link, leaderEpoch, departures).sweep(sweeps, plannedAtNanos)
                : putOff.values().iterator().next();
        Arrays.fill(results, index, index + sweeps.size(), result);
        if (isPutOff(result)) {
            return Optional.of(result);
        }
        plannedAtNanos = System.nanoTime();
        run = newRun();
        return Optional.empty();
    }

    private void finishRun() throws InterruptedException {
        run.finish();
        run = newRun();
    }

    private Run newRun() {
        return new Run(target, leaderEpoch, new Flight(link, departures.plannedAt(plannedAtNanos), this), this);
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
