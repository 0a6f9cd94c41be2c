package dev.freshet.pipeline;

import dev.freshet.change.SourcePosition;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.observe.PipelineListener;
import dev.freshet.rules.Fingerprint;
import dev.freshet.write.TargetAwayException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * In which term a group is. Whoever finds that everything has to be read again begins the next one: claims its epoch, so that members
 * of the last one stand down, empties the target of what rules put, and says in the target that the term has begun. The others find it
 * there. Where that dies in its middle, nobody has said so, and the next one begins another term.
 *
 * <p>Epochs are seconds since 1970: a target that lost its memory of the last one does not make it smaller.
 */
final class GroupTerms {
    private static final Basis NO_BASIS = new Basis(new Fingerprint(""), new Fingerprint(""));
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long TOPICS_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final GroupSources sources;
    private final Succession rules;
    private final CheckpointStore store;
    private final Delivery delivery;
    private final OnGap onGap;
    private final PipelineListener listener;
    private final InstantSource clock;
    private final Errand errand;
    private Optional<Checkpoint> known = Optional.empty();
    private long lookedAtNanos;
    private long askedAtNanos;

    GroupTerms(
            GroupSources sources,
            Succession rules,
            CheckpointStore store,
            Delivery delivery,
            OnGap onGap,
            PipelineListener listener,
            InstantSource clock) {
        this.sources = sources;
        this.rules = rules;
        this.store = store;
        this.delivery = delivery;
        this.onGap = onGap;
        this.listener = listener;
        this.clock = clock;
        this.errand = new Errand(store);
    }

    /** Why a term cannot be gone on with. */
    record Gap(Term term, String reason) {
        boolean isOf(Checkpoint last) {
            return term.name().equals(last.position().text());
        }
    }

    /**
     * The term that is, or the next one.
     *
     * @param gap that this member found; another one may have begun the next term for it meanwhile
     * @throws DecisionNeededException where a person has to decide
     */
    Term agree(Optional<Gap> gap) throws SourceLostException, StandDownException, InterruptedException {
        Optional<Checkpoint> last = delivery.insist(store::load);
        boolean isAsked = delivery.insist(errand::isTakenUp);
        Topics now = sources.topics();
        Optional<String> broken = last.flatMap(stored ->
                gap.filter(found -> found.isOf(stored)).map(Gap::reason).or(() -> madeAgain(stored, now)));
        if (broken.isPresent() && onGap == OnGap.STOP && !isAsked) {
            throw new DecisionNeededException(broken.get() + "; on_gap is stop: freshet resync reads everything again");
        }
        Term term = last.isEmpty() || isAsked || broken.isPresent() ? next(last, now) : goOn(last.get(), now);
        lookedAtNanos = System.nanoTime();
        askedAtNanos = lookedAtNanos;
        return term;
    }

    private static Optional<String> madeAgain(Checkpoint last, Topics now) {
        return Topics.read(last.sourceIdentity()).madeAgain(now).map(topic -> "the topic " + topic + " was made again");
    }

    private Term goOn(Checkpoint last, Topics now) throws StandDownException, InterruptedException {
        Term term = new Term(last.sourceEpoch(), last.position().text());
        delivery.claim(term.lead());
        rules.begin(term.lead(), Optional.empty(), clock.instant(), delivery, listener);
        Topics all = Topics.read(last.sourceIdentity()).and(now);
        if (all.text().equals(last.sourceIdentity())) {
            known = Optional.of(last);
        } else {
            save(term, all);
        }
        return term;
    }

    private Term next(Optional<Checkpoint> last, Topics now) throws StandDownException, InterruptedException {
        int seconds = (int) clock.instant().getEpochSecond();
        int epoch = last.map(Checkpoint::sourceEpoch)
                .filter(before -> Integer.compareUnsigned(before, seconds) >= 0)
                .map(before -> before + 1)
                .orElse(seconds);
        Term term = new Term(epoch, UUID.randomUUID().toString());
        Version first = Version.beginningOf(epoch);
        delivery.claim(term.lead());
        rules.begin(term.lead(), Optional.of(first), clock.instant(), delivery, listener);
        listener.sweepBegun();
        delivery.deliver(rules.planner().forgetPuts(first, clock.instant()));
        listener.swept();
        save(term, now);
        delivery.insist(() -> {
            errand.done();
            return true;
        });
        return term;
    }

    private void save(Term term, Topics topics) throws StandDownException, InterruptedException {
        Checkpoint next = new Checkpoint(new SourcePosition(term.name()), topics.text(), term.epoch(), NO_BASIS);
        delivery.insist(() -> {
            store.save(next);
            return next;
        });
        known = Optional.of(next);
    }

    /**
     * Whether another term has begun or has to: somebody asks for one, the target lost its memory, a topic was made again. Looks into the
     * target once a second, and at the topics every ten.
     */
    boolean isOver() throws InterruptedException {
        long now = System.nanoTime();
        if (now - lookedAtNanos < EVERY_NANOS) {
            return false;
        }
        lookedAtNanos = now;
        return isAnother() || isMadeAgain(now);
    }

    private boolean isAnother() {
        try {
            Optional<Checkpoint> stored = store.load();
            boolean isSame = stored.isPresent()
                    && stored.get().position().equals(known.orElseThrow().position());
            known = isSame ? stored : known;
            return !isSame || errand.isNewAsked();
        } catch (TargetAwayException e) {
            // Whoever writes hears of it too, and tells.
            return false;
        }
    }

    /** Consumers go on by offset in another topic of the same name. */
    private boolean isMadeAgain(long now) throws InterruptedException {
        if (now - askedAtNanos < TOPICS_EVERY_NANOS) {
            return false;
        }
        askedAtNanos = now;
        try {
            return madeAgain(known.orElseThrow(), sources.topics()).isPresent();
        } catch (SourceLostException e) {
            // Whoever reads hears of it too, and tells.
            return false;
        }
    }
}
