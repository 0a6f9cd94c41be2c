package dev.freshet.write.edge;

import static dev.freshet.write.edge.EdgesOf.aMonth;
import static dev.freshet.write.edge.EdgesOf.edge;
import static dev.freshet.write.edge.EdgesOf.escalating;
import static dev.freshet.write.edge.EdgesOf.everything;
import static dev.freshet.write.edge.EdgesOf.granted;
import static dev.freshet.write.edge.EdgesOf.keptInCache;
import static dev.freshet.write.edge.EdgesOf.purge;
import static dev.freshet.write.edge.EdgesOf.softly;
import static dev.freshet.write.edge.EdgesOf.twice;
import static dev.freshet.write.edge.EdgesOf.url;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.write.Purger;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What leaves when, by a clock that the test sets. */
class PurgeQueueTest {
    private static final PurgeReply ACCEPTED = new PurgeReply.Accepted();
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    private long now;
    private YearMonth month = NOVEMBER;

    private PurgeQueue queue(Edge edge) {
        return queue(edge, 1_000);
    }

    private PurgeQueue queue(Edge edge, int most) {
        return new PurgeQueue(
                edge,
                new PurgeBudget(edge, now, () -> month),
                new Recovery(RandomGenerator.of("L64X128MixRandom"), now),
                "c",
                most);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private PurgeCall sent(PurgeQueue queue) {
        Step step = queue.next(now);
        if (step instanceof Step.Send(PurgeCall call)) {
            return call;
        }
        throw new AssertionError("nothing leaves: " + step);
    }

    private long waits(PurgeQueue queue) {
        Step step = queue.next(now);
        if (step instanceof Step.Wait(long nanos)) {
            return nanos;
        }
        throw new AssertionError("something leaves: " + step);
    }

    private void add(PurgeQueue queue, long ticket, Operation.Purge... purges) {
        for (Operation.Purge purge : purges) {
            boolean unused = queue.add(ticket, purge, now);
        }
    }

    private void accept(PurgeQueue queue, PurgeCall call) {
        Settled unused = queue.done(call, ACCEPTED, now);
    }

    @Test
    void aNameThatSeveralChangesWantLeavesOnceAndStandsForAllOfThem() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        add(queue, 1, purge("a"));
        add(queue, 2, purge("b"), purge("a"));

        PurgeCall call = sent(queue);

        assertThat(call.names()).containsExactly("a", "b");
        assertThat(queue.undone()).isEqualTo(OptionalLong.of(1));
        accept(queue, call);
        assertThat(queue.undone()).isEmpty();
    }

    @Test
    void aNameThatIsWantedAgainWhileItIsUnderWayLeavesAgain() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        add(queue, 1, purge("a"));
        PurgeCall first = sent(queue);
        add(queue, 2, purge("a"));

        accept(queue, first);

        assertThat(queue.undone()).isEqualTo(OptionalLong.of(2));
        accept(queue, sent(queue));
        assertThat(queue.undone()).isEmpty();
    }

    @Test
    void softAndHardPurgesOfOneNameAreOneHardOne() {
        PurgeQueue queue = queue(edge(EdgeType.FASTLY));
        add(queue, 1, softly("a"), purge("a"), softly("b"), softly("a"));
        queue.hurry();

        List<PurgeCall> calls = List.of(sent(queue), sent(queue));

        assertThat(calls).anyMatch(call -> call.soft() && call.names().equals(List.of("b")));
        assertThat(calls).anyMatch(call -> !call.soft() && call.names().equals(List.of("a")));
    }

    @Test
    void namesGatherForAMomentAndLeaveTogether() {
        PurgeQueue queue = queue(edge(EdgeType.CLOUDFLARE));
        add(queue, 1, purge("a"));
        assertThat(waits(queue)).isEqualTo(Duration.ofMillis(200).toNanos());
        pass(Duration.ofMillis(150));
        add(queue, 2, purge("b"));
        pass(Duration.ofMillis(50));

        assertThat(sent(queue).names()).containsExactly("a", "b");
    }

    @Test
    void aFullCallWaitsForNobody() {
        PurgeQueue queue = queue(edge(EdgeType.CLOUDFLARE));
        for (int i = 0; i < 150; i++) {
            add(queue, i, purge("t" + i));
        }

        assertThat(sent(queue).names()).hasSize(100);
    }

    @Test
    void noCallIsLargerThanItsBytes() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        String longName = "x".repeat(1_000);
        for (int i = 0; i < 10; i++) {
            add(queue, i, purge(longName + i));
        }

        PurgeCall call = sent(queue);

        assertThat(String.join(" ", call.names()).length()).isLessThanOrEqualTo(7_000);
        assertThat(call.names()).hasSize(6);
    }

    @Test
    void namesOfOtherKindsGoInCallsOfTheirOwn() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        add(queue, 1, purge("a"), url("https://shop.example/1"), url("https://shop.example/2"));

        List<PurgeCall> calls = List.of(sent(queue), sent(queue), sent(queue));

        assertThat(calls).extracting(PurgeCall::kind).containsOnly(Edge.Kind.TAG, Edge.Kind.URL);
        assertThat(calls)
                .filteredOn(call -> call.kind() == Edge.Kind.URL)
                .allMatch(call -> call.names().size() == 1);
    }

    @Test
    void noMoreCallsAreUnderWayThanTheProviderTakes() {
        PurgeQueue queue = queue(edge(EdgeType.CLOUDFLARE));
        add(queue, 1, purge("a"));
        queue.hurry();
        PurgeCall first = sent(queue);
        add(queue, 2, purge("b"));

        assertThat(waits(queue)).isPositive();
        accept(queue, first);
        assertThat(sent(queue).names()).containsExactly("b");
    }

    @Test
    void callsLeaveAsFastAsTheBudgetGrants() {
        PurgeQueue queue = queue(granted(EdgeType.CLOUDFLARE, 2, Duration.ofHours(1)));
        queue.hurry();
        for (String tag : List.of("a", "b")) {
            add(queue, 1, purge(tag));
            accept(queue, sent(queue));
        }
        add(queue, 2, purge("c"));

        assertThat(waits(queue)).isEqualTo(Duration.ofSeconds(30).toNanos());
        pass(Duration.ofSeconds(30));
        assertThat(sent(queue).names()).containsExactly("c");
    }

    @Test
    void whatWaitsForTheBudgetGathersMeanwhile() {
        PurgeQueue queue = queue(granted(EdgeType.CLOUDFLARE, 1, Duration.ofHours(1)));
        add(queue, 1, purge("a"));
        queue.hurry();
        accept(queue, sent(queue));
        for (int i = 0; i < 50; i++) {
            add(queue, 2 + i, purge("t" + i));
            pass(Duration.ofSeconds(1));
            assertThat(waits(queue)).isPositive();
        }
        pass(Duration.ofSeconds(10));

        assertThat(sent(queue).names()).hasSize(50);
    }

    @Test
    void moreThanLeavesInTimeBecomesWhatItIsEscalatedTo() {
        PurgeQueue queue = queue(granted(EdgeType.CLOUDFLARE, 1, Duration.ofSeconds(30)));
        for (int i = 0; i < 150; i++) {
            add(queue, 1 + i, escalating("product-" + i, "category-" + i % 3, "*"));
        }

        pass(Duration.ofMillis(200));

        assertThat(sent(queue).names()).containsExactlyInAnyOrder("category-0", "category-1", "category-2");
        assertThat(queue.pressure().escalated()).containsEntry(new RuleName("product"), 150);
        assertThat(queue.undone()).isEqualTo(OptionalLong.of(1));
    }

    @Test
    void whereTheFirstLevelIsTooMuchAsWellTheNextOneStandsForIt() {
        PurgeQueue queue = queue(granted(EdgeType.CLOUDFLARE, 1, Duration.ofSeconds(30)));
        for (int i = 0; i < 250; i++) {
            add(queue, 1 + i, escalating("product-" + i, "category-" + i, "*"));
        }
        pass(Duration.ofMillis(200));

        PurgeCall call = sent(queue);

        assertThat(call.kind()).isEqualTo(Edge.Kind.ALL);
        accept(queue, call);
        assertThat(queue.undone()).isEmpty();
    }

    @Test
    void whatSaysNothingWaitsAndTheQueueIsBehind() {
        PurgeQueue queue = queue(granted(EdgeType.CLOUDFLARE, 1, Duration.ofSeconds(30)));
        for (int i = 0; i < 250; i++) {
            add(queue, 1 + i, purge("product-" + i));
        }

        assertThat(sent(queue).names()).hasSize(100);
        assertThat(queue.isBehind()).isTrue();
        assertThat(queue.pressure().escalated()).isEmpty();
        assertThat(queue.held()).isEqualTo(250);
    }

    @Test
    void aNameThatAnotherRuleWantsAsItIsDoesNotEscalate() {
        PurgeQueue queue = queue(granted(EdgeType.CLOUDFLARE, 1, Duration.ofSeconds(30)));
        add(queue, 1, purge("product-0"));
        for (int i = 0; i < 150; i++) {
            add(queue, 2 + i, escalating("product-" + i, "catalogue"));
        }
        pass(Duration.ofMillis(200));

        assertThat(sent(queue).names()).containsExactlyInAnyOrder("product-0", "catalogue");
    }

    @Test
    void whatFitsInTimeIsNotEscalated() {
        PurgeQueue queue = queue(granted(EdgeType.CLOUDFLARE, 2, Duration.ofSeconds(30)));
        for (int i = 0; i < 200; i++) {
            add(queue, 1 + i, escalating("product-" + i, "catalogue"));
        }

        assertThat(sent(queue).names()).hasSize(100);
        assertThat(queue.pressure().escalated()).isEmpty();
    }

    @Test
    void everythingTakesAlongWhateverWaits() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        add(queue, 1, everything());
        add(queue, 2, purge("a"), url("https://shop.example/1"));

        PurgeCall call = sent(queue);

        assertThat(call.kind()).isEqualTo(Edge.Kind.ALL);
        assertThat(call.names()).isEmpty();
        accept(queue, call);
        assertThat(queue.undone()).isEmpty();
        assertThat(queue.held()).isZero();
    }

    @Test
    void whatWentAlongWithARefusedCallWaitsAgain() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        add(queue, 1, everything());
        add(queue, 2, purge("a"));

        Settled unused = queue.done(sent(queue), new PurgeReply.Refused("no"), now);

        assertThat(queue.refused()).extracting(Purger.Refused::reason).containsExactly("no");
        assertThat(sent(queue).names()).containsExactly("a");
    }

    @Test
    void aPurgeThatIsToBeRepeatedHoldsItsTicketUntilItWas() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        add(queue, 1, twice("a", Duration.ofSeconds(5)));
        accept(queue, sent(queue));

        assertThat(queue.undone()).isEqualTo(OptionalLong.of(1));
        assertThat(waits(queue)).isEqualTo(Duration.ofSeconds(5).toNanos());
        pass(Duration.ofSeconds(5));
        PurgeCall second = sent(queue);
        assertThat(second.names()).containsExactly("a");
        accept(queue, second);
        assertThat(queue.undone()).isEmpty();
    }

    @Test
    void onlyTheFirstPurgeOfAChangeSaysHowLongItTook() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        add(queue, 1, twice("a", Duration.ofSeconds(5)));

        assertThat(queue.done(sent(queue), ACCEPTED, now).purged()).hasSize(1);
        pass(Duration.ofSeconds(5));
        assertThat(queue.done(sent(queue), ACCEPTED, now).purged()).isEmpty();
    }

    @Test
    void aCallThatFailedIsMadeAgainAsItWas() {
        PurgeQueue queue = queue(edge(EdgeType.CLOUDFRONT));
        add(queue, 1, purge("a"));
        queue.hurry();
        PurgeCall first = sent(queue);
        Settled unused = queue.done(first, new PurgeReply.Failed(Duration.ZERO, "timed out"), now);
        add(queue, 2, purge("b"));

        pass(Duration.ofSeconds(1));

        assertThat(sent(queue)).isEqualTo(first);
        assertThat(queue.condition()).contains("timed out");
    }

    @Test
    void pausesGrowWhileAProviderFailsAndNeverUndercutWhatItAsksFor() {
        PurgeQueue queue = queue(edge(EdgeType.FASTLY));
        add(queue, 1, purge("a"));
        queue.hurry();
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Settled unused = queue.done(sent(queue), new PurgeReply.Failed(Duration.ZERO, "500"), now);
            long pause = waits(queue);
            pauses.add(pause);
            now += pause;
        }

        assertThat(pauses.getFirst())
                .isBetween(
                        Duration.ofMillis(100).toNanos(), Duration.ofMillis(150).toNanos());
        assertThat(pauses.getLast())
                .isBetween(
                        Duration.ofSeconds(30).toNanos(), Duration.ofSeconds(45).toNanos());
        Settled unused = queue.done(sent(queue), new PurgeReply.Failed(Duration.ofMinutes(2), "503"), now);
        assertThat(waits(queue)).isGreaterThanOrEqualTo(Duration.ofMinutes(2).toNanos());
    }

    @Test
    void aProviderThatIsInDoubtGetsOneCallAtATime() {
        PurgeQueue queue = queue(edge(EdgeType.FASTLY));
        queue.hurry();
        add(queue, 1, url("https://shop.example/1"), url("https://shop.example/2"), url("https://shop.example/3"));
        PurgeCall one = sent(queue);
        PurgeCall two = sent(queue);
        Settled unused = queue.done(one, new PurgeReply.Failed(Duration.ZERO, "500"), now);
        pass(Duration.ofSeconds(1));

        assertThat(waits(queue)).isPositive();
        accept(queue, two);
        assertThat(sent(queue)).isEqualTo(one);
        assertThat(sent(queue).names()).containsExactly("https://shop.example/3");
    }

    @Test
    void aLimitIsObeyedAsLongAsTheProviderSays() {
        PurgeQueue queue = queue(edge(EdgeType.CLOUDFLARE));
        add(queue, 1, purge("a"));
        queue.hurry();
        Settled unused = queue.done(sent(queue), new PurgeReply.Limited(Duration.ofSeconds(20), "429"), now);

        assertThat(waits(queue)).isGreaterThanOrEqualTo(Duration.ofSeconds(12).toNanos());
        pass(Duration.ofSeconds(31));
        assertThat(sent(queue).names()).containsExactly("a");
    }

    @Test
    void aCallThatIsTooLargeIsHalvedAndLaterOnesAreSmaller() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        add(queue, 1, purge("a"), purge("b"), purge("c"), purge("d"));
        Settled unused = queue.done(sent(queue), new PurgeReply.TooLarge("413"), now);
        add(queue, 2, purge("e"), purge("f"), purge("g"));

        assertThat(List.of(
                        sent(queue).names(),
                        sent(queue).names(),
                        sent(queue).names(),
                        sent(queue).names()))
                .containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e", "f"), List.of("g"));
    }

    @Test
    void theNameForWhichACallIsRefusedIsFoundAndTheOthersArePurged() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        add(queue, 1, purge("a"), purge("bad"), purge("c"), purge("d"));
        List<String> purged = new ArrayList<>();
        while (queue.next(now) instanceof Step.Send(PurgeCall call)) {
            boolean isBad = call.names().contains("bad");
            Settled unused = queue.done(call, isBad ? new PurgeReply.Refused("no such tag") : ACCEPTED, now);
            if (!isBad) {
                purged.addAll(call.names());
            }
        }

        assertThat(purged).containsExactlyInAnyOrder("a", "c", "d");
        assertThat(queue.undone()).isEqualTo(OptionalLong.of(1));
        queue.refused().forEach(queue::setAside);
        assertThat(queue.undone()).isEmpty();
    }

    @Test
    void whatFindsNoRoomHoldsTheFrontierUntilItComesAgain() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH), 2);
        add(queue, 1, purge("a"));
        add(queue, 2, purge("b"));
        assertThat(queue.add(3, purge("c"), now)).isFalse();
        add(queue, 4, purge("a"));

        accept(queue, sent(queue));

        assertThat(queue.undone()).isEqualTo(OptionalLong.of(3));
        assertThat(queue.wantsAgain()).isTrue();
        queue.begin();
        add(queue, 5, purge("c"), purge("a"));
        accept(queue, sent(queue));
        assertThat(queue.undone()).isEmpty();
        assertThat(queue.wantsAgain()).isFalse();
    }

    @Test
    void whatWaitedForASecondIsParkedAndHoldsNothingAnyMore() {
        PurgeQueue queue = queue(keptInCache(EdgeType.FASTLY));
        add(queue, 1, purge("a"));
        PurgeCall call = sent(queue, Duration.ofMillis(60));
        Settled unused = queue.done(call, new PurgeReply.Failed(Duration.ZERO, "500"), now);
        assertThat(queue.due(10, now)).isEmpty();
        pass(Duration.ofSeconds(1));

        List<Waiting> due = queue.due(10, now);
        assertThat(due).hasSize(1);
        ParkedPurge text = new ParkedPurge("f", "1");
        queue.parked(due.getFirst(), text);

        assertThat(queue.undone()).isEmpty();
        assertThat(queue.parking().toForget()).isEmpty();
        accept(queue, sent(queue));
        assertThat(queue.parking().toForget()).containsExactly(text);
    }

    private PurgeCall sent(PurgeQueue queue, Duration after) {
        pass(after);
        return sent(queue);
    }

    @Test
    void whatLeftWhileItWasBeingParkedIsForgottenAtOnce() {
        PurgeQueue queue = queue(keptInCache(EdgeType.VARNISH));
        add(queue, 1, purge("a"));
        PurgeCall call = sent(queue);
        pass(Duration.ofSeconds(2));
        Waiting due = queue.due(10, now).getFirst();
        accept(queue, call);

        queue.parked(due, new ParkedPurge("f", "1"));

        assertThat(queue.parking().toForget()).containsExactly(new ParkedPurge("f", "1"));
    }

    @Test
    void aParkedNameThatIsWantedAgainHoldsTheLaterTicket() {
        PurgeQueue queue = queue(keptInCache(EdgeType.CLOUDFRONT));
        add(queue, 1, purge("a"));
        pass(Duration.ofSeconds(2));
        queue.parked(queue.due(10, now).getFirst(), new ParkedPurge("f", "1"));

        add(queue, 2, purge("a"));

        assertThat(queue.undone()).isEqualTo(OptionalLong.of(2));
        queue.hurry();
        accept(queue, sent(queue));
        assertThat(queue.undone()).isEmpty();
        assertThat(queue.parking().toForget()).containsExactly(new ParkedPurge("f", "1"));
    }

    @Test
    void whatIsParkedIsForgottenOnceAllThatItBecameIsPurged() {
        PurgeQueue queue = queue(new Edge(
                granted(EdgeType.CLOUDFLARE, 1, Duration.ofSeconds(30)).name(),
                EdgeType.CLOUDFLARE,
                false,
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Edge.Outbox.CACHE,
                Edge.OnGap.TELL,
                EdgeType.CLOUDFLARE.plans().getFirst(),
                granted(EdgeType.CLOUDFLARE, 1, Duration.ofSeconds(30)).budget(),
                granted(EdgeType.CLOUDFLARE, 1, Duration.ofSeconds(30)).options()));
        for (int i = 0; i < 100; i++) {
            queue.add(new ParkedPurge("f" + i, "1"), List.of(escalating("p" + i, "c" + i % 2)), now);
        }
        queue.add(new ParkedPurge("f0", "1"), List.of(escalating("p0", "c0")), now);
        assertThat(queue.undone()).isEmpty();
        assertThat(queue.held()).isEqualTo(100);
        add(queue, 1, escalating("p100", "c0"));
        pass(Duration.ofMillis(200));

        PurgeCall call = sent(queue);
        assertThat(call.names()).containsExactlyInAnyOrder("c0", "c1");
        assertThat(queue.parking().toForget()).isEmpty();
        accept(queue, call);
        assertThat(queue.parking().toForget()).hasSize(100);
        assertThat(queue.undone()).isEmpty();
    }

    @Test
    void whatWasParkedAndIsGoneThereIsParkedAgain() {
        PurgeQueue queue = queue(keptInCache(EdgeType.CLOUDFRONT));
        add(queue, 1, purge("a"), purge("b"));
        pass(Duration.ofSeconds(2));
        queue.due(10, now).forEach(item -> queue.parked(item, new ParkedPurge(item.name(), "1")));
        assertThat(queue.due(10, now)).isEmpty();

        queue.parkAgain();

        List<Waiting> due = queue.due(10, now);
        assertThat(due).extracting(Waiting::name).containsExactlyInAnyOrder("a", "b");
        due.forEach(item -> queue.parked(item, new ParkedPurge(item.name(), "2")));
        queue.hurry();
        accept(queue, sent(queue));
        assertThat(queue.parking().toForget())
                .containsExactlyInAnyOrder(new ParkedPurge("a", "2"), new ParkedPurge("b", "2"));
    }

    @Test
    void whatIsKeptInTheCacheAndFindsNoRoomIsParkedAndHeldNowhere() {
        PurgeQueue queue = queue(keptInCache(EdgeType.CLOUDFRONT), 1);
        add(queue, 1, purge("a"));
        add(queue, 2, purge("b"));

        List<Waiting> due = queue.due(10, now);
        assertThat(due).extracting(Waiting::name).containsExactly("a", "b");
        queue.parked(due.get(0), new ParkedPurge("a", "1"));
        queue.parked(due.get(1), new ParkedPurge("b", "1"));

        assertThat(queue.undone()).isEmpty();
        assertThat(queue.held()).isEqualTo(1);
        assertThat(queue.parking().hasMore()).isTrue();
    }

    @Test
    void nothingLeavesAboveTheMonthsBudgetUntilTheNextMonth() {
        PurgeQueue queue = queue(EdgesOf.aMonth(EdgeType.CLOUDFRONT, 3));
        queue.hurry();
        add(queue, 1, purge("a"), purge("b"));
        assertThat(waits(queue)).isPositive();
        queue.budget().spent(NOVEMBER, 1);
        PurgeCall call = sent(queue);
        assertThat(call.names()).hasSize(2);
        accept(queue, call);
        add(queue, 2, purge("c"));
        assertThat(waits(queue)).isPositive();
        assertThat(queue.condition()).contains("month");
        assertThat(queue.budget().toSave()).isEqualTo(2);
        queue.budget().spent(NOVEMBER, 3);
        assertThat(waits(queue)).isPositive();

        month = NOVEMBER.plusMonths(1);

        assertThat(sent(queue).names()).containsExactly("c");
    }

    @Test
    void aNameThatStandsForAnotherOneOfItsRuleKeepsBothTickets() {
        PurgeQueue queue = queue(granted(EdgeType.CLOUDFLARE, 1, Duration.ofSeconds(30)));
        add(queue, 1, escalating("c-0", "c-1"));
        add(queue, 2, escalating("c-1", "c-2"));
        for (int i = 3; i < 150; i++) {
            add(queue, i, escalating("c-" + i, "c-1"));
        }
        pass(Duration.ofMillis(200));

        PurgeCall call = sent(queue);

        assertThat(call.names()).containsExactlyInAnyOrder("c-1", "c-2");
        assertThat(queue.undone()).isEqualTo(OptionalLong.of(1));
        accept(queue, call);
        assertThat(queue.undone()).isEmpty();
        assertThat(queue.held()).isZero();
    }

    @Test
    void aNameThatIsWantedAgainKeepsItsPlace() {
        PurgeQueue queue = queue(edge(EdgeType.BUNNY));
        queue.hurry();
        add(queue, 1, purge("a"), purge("b"));
        add(queue, 2, purge("a"));

        assertThat(sent(queue).names()).containsExactly("a");
    }

    @Test
    void aHotNameThatIsParkedAgainAndAgainStandsUnderItsLastTextAlone() {
        PurgeQueue queue = queue(keptInCache(EdgeType.CLOUDFRONT));
        for (int i = 1; i <= 5; i++) {
            add(queue, i, purge("a"));
            pass(Duration.ofSeconds(2));
            ParkedPurge text = new ParkedPurge("f", Integer.toString(i));
            queue.due(10, now).forEach(item -> queue.parked(item, text));
        }

        assertThat(queue.parking().parked()).isEqualTo(1);
        queue.hurry();
        accept(queue, sent(queue));
        assertThat(queue.parking().toForget()).containsExactly(new ParkedPurge("f", "5"));
    }

    @Test
    void callsGrowAgainAfterOneWasTooLargeAndNoSingleNameMakesThemSmall() {
        PurgeQueue queue = queue(edge(EdgeType.VARNISH));
        add(queue, 1, purge("a"), purge("b"));
        Settled unused = queue.done(sent(queue), new PurgeReply.TooLarge("413"), now);
        unused = queue.done(sent(queue), new PurgeReply.TooLarge("413"), now);
        for (int i = 0; i < PurgeQueue.CALLS_TO_GROW; i++) {
            assertThat(queue.held()).isPositive();
            PurgeCall call = sent(queue);
            assertThat(call.names()).hasSize(1);
            add(queue, 2, purge("c" + i), purge("d" + i));
            accept(queue, call);
        }

        assertThat(sent(queue).names()).hasSize(2);
    }

    @Test
    void whatWasNotTakenIsNotCountedAgainstTheMonth() {
        PurgeQueue queue = queue(EdgesOf.aMonth(EdgeType.CLOUDFRONT, 2));
        queue.budget().spent(NOVEMBER, 0);
        queue.hurry();
        add(queue, 1, purge("a"), purge("b"));
        Settled unused = queue.done(sent(queue), new PurgeReply.Shut("expired"), now);
        pass(Duration.ofMinutes(1));

        assertThat(sent(queue).names()).hasSize(2);
    }

    @Test
    void aProviderThatAskedForAPauseIsNotSaidToBeUp() {
        PurgeQueue queue = queue(edge(EdgeType.FASTLY));
        queue.hurry();
        add(queue, 1, url("https://shop.example/1"), url("https://shop.example/2"));
        PurgeCall one = sent(queue);
        PurgeCall two = sent(queue);
        Settled unused = queue.done(one, new PurgeReply.Limited(Duration.ofHours(1), "429"), now);
        accept(queue, two);

        assertThat(queue.condition()).startsWith("limited");
    }

    @Test
    void aCallThatFailsCountsOnceInAMonthHoweverOftenItIsMade() {
        PurgeQueue queue = queue(aMonth(EdgeType.CLOUDFRONT, 3));
        queue.budget().spent(NOVEMBER, 0);
        add(queue, 1, purge("a"), purge("b"));
        queue.hurry();
        for (int i = 0; i < 5; i++) {
            Settled unused = queue.done(sent(queue), new PurgeReply.Failed(Duration.ZERO, "away"), now);
            pass(Duration.ofMinutes(1));
        }
        accept(queue, sent(queue));

        assertThat(queue.budget().toSave()).isEqualTo(2);
        assertThat(queue.undone()).isEmpty();
    }

    @Test
    void whatIsBeingSavedOfAMonthIsSpentAllTheSame() {
        PurgeQueue queue = queue(aMonth(EdgeType.CLOUDFRONT, 2));
        queue.budget().spent(NOVEMBER, 0);
        add(queue, 1, purge("a"), purge("b"));
        queue.hurry();
        accept(queue, sent(queue));
        add(queue, 2, purge("c"));

        assertThat(queue.budget().toSave()).isEqualTo(2);
        assertThat(waits(queue)).isPositive();
        queue.budget().notSaved();
        assertThat(waits(queue)).isPositive();
        assertThat(queue.budget().toSave()).isEqualTo(2);
        // The cache has lost what it was told before.
        queue.budget().spent(NOVEMBER, 1);
        assertThat(waits(queue)).isPositive();
    }

    @Test
    void whereNothingIsLeftOfAMonthNamesWaitForTheNextAndNothingIsPurgedInTheirPlace() {
        PurgeQueue queue = queue(aMonth(EdgeType.CLOUDFRONT, 2));
        queue.budget().spent(NOVEMBER, 2);
        add(queue, 1, escalating("a", "b", "*"));
        queue.hurry();
        assertThat(waits(queue)).isPositive();
        assertThat(queue.condition()).isEqualTo("limited: the month's budget is spent");

        month = month.plusMonths(1);

        assertThat(sent(queue).names()).containsExactly("a");
    }

    @Test
    void halfOfACallThatTheMonthCannotCarryGoesAsASmallerOne() {
        PurgeQueue queue = queue(aMonth(EdgeType.CLOUDFRONT, 4));
        queue.budget().spent(NOVEMBER, 0);
        add(queue, 1, purge("a"), purge("b"), purge("c"), purge("d"));
        queue.hurry();
        PurgeCall whole = sent(queue);
        // Another process has spent the rest meanwhile.
        queue.budget().spent(NOVEMBER, 3);
        Settled unused = queue.done(whole, new PurgeReply.Refused("one of them"), now);

        assertThat(sent(queue).names()).hasSize(1);
    }

    @Test
    void whatBecomesAHardPurgeStandsAmongHardOnesWhereItsWaitBegan() {
        PurgeQueue queue = queue(edge(EdgeType.FASTLY));
        add(queue, 1, purge("a"));
        pass(Duration.ofMillis(10));
        add(queue, 2, softly("b"));
        pass(Duration.ofMillis(10));
        add(queue, 3, purge("c"), purge("b"));
        pass(Duration.ofMillis(30));

        assertThat(sent(queue).names()).containsExactly("a", "b", "c");
    }
}
