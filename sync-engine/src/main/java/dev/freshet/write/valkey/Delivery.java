package dev.freshet.write.valkey;

import dev.freshet.plan.Destination;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One list of operations on its way. The operations on one place take effect in the list's order: where one is put off,
 * those behind it on the same place are put off as well; where anything before a scan is put off, so are the scan and the
 * rest. What stands under a tag goes last, once no older put is still to come: it is older than the change, or stays.
 * Messages leave when all of this is done, so whoever hears of a change finds it in the cache.
 */
final class Delivery implements Outcomes {
    private static final String OWN = "keys that begin like this one are Freshet's own";

    private final ValkeyTarget target;
    private final Link link;
    private final long leaderEpoch;
    private final Departures departures;
    private final List<Operation> operations;
    private final @Nullable WriteResult[] results;
    private final Map<Place, WriteResult> putOff = new HashMap<>();
    private final Map<Integer, Operation.InvalidateTag> tags = new LinkedHashMap<>();
    private final Messages messages;
    private Run run;

    Delivery(
            ValkeyTarget target,
            Link link,
            String pipeline,
            long leaderEpoch,
            Departures departures,
            List<Operation> operations) {
        this.target = target;
        this.link = link;
        this.leaderEpoch = leaderEpoch;
        this.departures = departures;
        this.operations = operations;
        this.results = new WriteResult[operations.size()];
        this.messages = new Messages(target, link, pipeline, this);
        this.run = newRun();
    }

    List<WriteResult> deliver() throws InterruptedException {
        Optional<WriteResult> barred = Optional.empty();
        int next = 0;
        while (next < operations.size()) {
            List<Operation.Scan> scans = scansFrom(next);
            int end = next + Math.max(1, scans.size());
            if (barred.isPresent()) {
                Arrays.fill(results, next, end, barred.get());
            } else if (!scans.isEmpty()) {
                barred = scan(next, scans);
            } else {
                deliver(next, operations.get(next));
            }
            next = end;
        }
        run.finish();
        for (Map.Entry<Integer, Operation.InvalidateTag> tag : tags.entrySet()) {
            results[tag.getKey()] = putOff.isEmpty()
                    ? sweep().invalidate(tag.getValue())
                    : putOff.values().iterator().next();
        }
        WriteResult undone = firstPutOff();
        if (undone == null) {
            messages.send(departures);
        } else {
            messages.putOff(undone);
        }
        return Arrays.stream(results).map(Objects::requireNonNull).toList();
    }

    private @Nullable WriteResult firstPutOff() {
        for (WriteResult result : results) {
            if (result != null && Outcomes.isPutOff(result)) {
                return result;
            }
        }
        return null;
    }

    /** The scans that follow one another from here on: one pass over the keyspace serves them all. */
    private List<Operation.Scan> scansFrom(int index) {
        List<Operation.Scan> scans = new ArrayList<>();
        for (int i = index; i < operations.size() && operations.get(i) instanceof Operation.Scan scan; i++) {
            scans.add(scan);
        }
        return scans;
    }

    @Override
    public void settle(int index, WriteResult result) {
        results[index] = result;
        if (Outcomes.isPutOff(result)) {
            Place.of(operations.get(index)).ifPresent(place -> putOff.putIfAbsent(place, result));
        }
    }

    private void deliver(int index, Operation operation) throws InterruptedException {
        switch (operation) {
            case Operation.OnEntry entry -> {
                if (ValkeyTarget.isOwn(entry.key().text())) {
                    reject(index, OWN);
                } else {
                    deliver(index, new Place(entry.key(), Optional.empty()), EntryWrite.of(entry, target, leaderEpoch));
                }
            }
            case Operation.OnPart part -> {
                if (ValkeyTarget.isOwn(part.key().text())) {
                    reject(index, OWN);
                } else {
                    deliver(
                            index,
                            new Place(part.key(), Optional.of(part.part())),
                            EntryWrite.of(part, target, leaderEpoch));
                }
            }
            case Operation.InvalidateTag tag -> tags.put(index, tag);
            case Operation.Scan scan -> throw new IllegalStateException("scans go another way: " + scan);
            case Operation.Purge purge -> throw new IllegalStateException("purges go to edges: " + purge);
            case Operation.Publish publish -> deliver(index, publish);
        }
    }

    private void deliver(int index, Operation.Publish publish) {
        switch (publish.destination()) {
            case Destination.Topic topic -> reject(index, "no broker is known that has topics");
            case Destination.Channel channel -> messages.add(index, publish);
            case Destination.Stream stream -> {
                if (ValkeyTarget.isOwn(stream.key().text())) {
                    reject(index, OWN);
                } else {
                    messages.add(index, publish);
                }
            }
        }
    }

    private void reject(int index, String reason) {
        results[index] = new WriteResult.Rejected(reason);
    }

    private void deliver(int index, Place place, EntryWrite write) throws InterruptedException {
        int most = target.limits().bytesPerEntry();
        if (write.bytes() > most) {
            reject(index, "the entry has " + write.bytes() + " bytes, more than " + most);
            return;
        }
        if (!run.takes(place, write)) {
            finishRun();
        }
        WriteResult before = putOff.isEmpty() ? null : putOff.get(place);
        if (before == null) {
            run.add(index, place, write);
        } else {
            results[index] = before;
        }
    }

    private Optional<WriteResult> scan(int index, List<Operation.Scan> scans) throws InterruptedException {
        run.finish();
        WriteResult result = putOff.isEmpty()
                ? sweep().sweep(scans)
                : putOff.values().iterator().next();
        Arrays.fill(results, index, index + scans.size(), result);
        if (Outcomes.isPutOff(result)) {
            return Optional.of(result);
        }
        run = newRun();
        return Optional.empty();
    }

    private KeyspaceSweep sweep() {
        return new KeyspaceSweep(target, link, leaderEpoch, new Clearance(link, departures));
    }

    private void finishRun() throws InterruptedException {
        run.finish();
        run = newRun();
    }

    private Run newRun() {
        return new Run(target, new Flight(link, departures, this));
    }
}
