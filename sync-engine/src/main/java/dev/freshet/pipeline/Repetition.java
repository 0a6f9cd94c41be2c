package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.change.Transactions;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.Sent;
import dev.freshet.checkpoint.SentStore;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.checkpoint.TableForm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a source delivers again. Whoever went on before may have written changes that no checkpoint covers, and the fences that
 * would refuse them now may be gone: they expire, and a cache may evict them. So the greatest version is stored before any of
 * it is written, and what comes again up to it is held together, until each entry can be written once, as its last change says.
 *
 * <p>So much is not held that memory ends. Where a transaction has more, it is applied piece by piece: its fences live still
 * unless the first of it was written long ago, and then the source begins anew.
 */
final class Repetition {
    private static final int MOST = 50_000;
    private static final long MOST_BYTES = 16 << 20;
    private static final Version NOTHING = new Version(0, 0, 0, 0);

    private final SentStore store;
    private final Delivery delivery;
    private final Leadership leadership;
    private final Duration fencesLive;
    private final int most;
    private final List<Change> changes = new ArrayList<>();
    private final Set<Long> transactions = new HashSet<>();
    private @Nullable Checkpoint checkpoint;
    private Version reached = NOTHING;
    private Optional<Sent> before = Optional.empty();
    private Version announced = NOTHING;
    private Instant since = Instant.EPOCH;
    private String savedAt = "";
    private Optional<Map<TableId, TableForm>> forms = Optional.empty();
    private boolean isReading;
    private long bytes;
    /** Of which nothing comes again: whoever dies in its middle begins anew. */
    private boolean isSnapshot;

    private boolean moved;

    /**
     * Nothing is held.
     *
     * @param fencesLive for how long something written is surely protected by its fence
     */
    Repetition(SentStore store, Delivery delivery, Leadership leadership, Duration fencesLive) {
        this(store, delivery, leadership, fencesLive, MOST);
    }

    /** The same where at most so many changes are held. */
    Repetition(SentStore store, Delivery delivery, Leadership leadership, Duration fencesLive, int most) {
        this.store = store;
        this.delivery = delivery;
        this.leadership = leadership;
        this.fencesLive = fencesLive;
        this.most = most;
    }

    /** More was written before than can be held, too long ago for its fences: only a snapshot tells what is right. */
    static final class UnknownException extends Exception {
        UnknownException(String reason) {
            super(reason);
        }
    }

    /**
     * A source begins under a lead that was just claimed.
     *
     * @param from where it goes on; empty where it begins anew
     */
    void begin(Optional<Checkpoint> from) throws StandDownException, InterruptedException {
        Optional<Version> applied = from.flatMap(Checkpoint::applied);
        before = delivery.insist(store::load)
                .filter(sent -> from.isPresent())
                .filter(sent -> applied.isEmpty() || applied.get().compareTo(sent.upTo()) < 0);
        announced = before.map(Sent::upTo).orElse(NOTHING);
        since = before.map(Sent::since).orElse(Instant.EPOCH);
        isSnapshot = from.isEmpty();
        moved = before.isEmpty();
        savedAt = from.map(Repetition::place).orElse("");
        clear();
    }

    /**
     * A batch has come.
     *
     * @return what is to be applied now; empty while more has to come
     */
    Optional<Batch> with(Batch batch) throws UnknownException {
        if (before.isEmpty()) {
            return Optional.of(batch);
        }
        Version upTo = before.get().upTo();
        changes.addAll(batch.changes());
        transactions.addAll(batch.transactions().ids());
        checkpoint = batch.checkpoint();
        isReading = batch.isReading();
        bytes += batch.bytes();
        forms = batch.forms().or(() -> forms);
        reached = batch.reached();
        boolean hasCome = !changes.isEmpty() && changes.getLast().version().compareTo(upTo) >= 0;
        // It need not come again: the checkpoint has passed it, or its table left the rules.
        if (hasCome || reached.compareTo(upTo) > 0) {
            return release();
        }
        if (changes.size() > most || bytes > MOST_BYTES) {
            Duration ago = Duration.between(before.get().since(), leadership.ledAt());
            if (ago.compareTo(fencesLive) > 0) {
                throw new UnknownException("more changes come again than can be held, which may have been written "
                        + ago.toMinutes() + " minutes ago, and the cache may have forgotten their versions");
            }
            return release();
        }
        return Optional.empty();
    }

    /**
     * Returns when it is stored that this may be written. What was announced before and has not come again yet stands further on, and
     * since longer: it may have been written, though not by this process.
     */
    void announce(Lead lead, Batch batch) throws StandDownException, InterruptedException {
        isSnapshot &= batch.isReading();
        if (batch.changes().isEmpty() || isSnapshot) {
            return;
        }
        if (moved) {
            since = leadership.ledAt();
            moved = false;
        }
        Version last = batch.changes().getLast().version();
        if (last.compareTo(announced) < 0) {
            return;
        }
        announced = last;
        Sent sent = new Sent(last, since);
        delivery.insist(() -> {
            store.announce(lead, sent);
            return sent;
        });
    }

    /** A checkpoint was saved: where it moved, nothing is written beyond it. */
    void saved(Checkpoint saved) {
        String place = place(saved);
        moved |= !place.equals(savedAt);
        savedAt = place;
    }

    private static String place(Checkpoint checkpoint) {
        return checkpoint.position().text()
                + checkpoint.applied().map(Version::toString).orElse("");
    }

    private Optional<Batch> release() {
        Checkpoint last = checkpoint;
        if (last == null) {
            throw new IllegalStateException("nothing is held");
        }
        Batch all =
                new Batch(List.copyOf(changes), new Transactions(transactions), reached, last, isReading, forms, bytes);
        clear();
        before = Optional.empty();
        return Optional.of(all);
    }

    private void clear() {
        changes.clear();
        transactions.clear();
        checkpoint = null;
        forms = Optional.empty();
        bytes = 0;
    }
}
