package dev.freshet.write.edge;

import static dev.freshet.write.edge.EdgesOf.edge;
import static dev.freshet.write.edge.EdgesOf.purge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.write.EdgeListener;
import dev.freshet.write.LaneName;
import dev.freshet.write.Purger;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What a lane's threads make of an adapter's mistakes. */
class LaneTest {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private Lane started(EdgePurger purger, EdgeListener listener) {
        Edge edge = edge(EdgeType.VARNISH);
        long now = System.nanoTime();
        PurgeQueue queue = new PurgeQueue(
                edge,
                new PurgeBudget(edge, now, () -> YearMonth.of(2026, 11)),
                new Recovery(RandomGenerator.getDefault(), now),
                "c",
                10);
        Lane lane = new Lane(
                edge,
                new LaneName(edge.name(), ""),
                purger,
                queue,
                listener,
                InstantSource.system(),
                System::nanoTime,
                () -> {});
        lane.start();
        return lane;
    }

    private EdgeListener outcomes() {
        return new EdgeListener() {
            @Override
            public void called(EdgeName edge, Edge.Kind kind, int names, Outcome outcome, Duration took) {
                told.add(outcome.name());
            }
        };
    }

    private String next() throws InterruptedException {
        String next = told.poll(10, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    @Test
    void aNameThatNoRequestCanSayIsRefusedAndHoldsNothingUp() throws InterruptedException {
        EdgePurger purger = call -> {
            if (call.names().contains("bad")) {
                throw new IllegalArgumentException("Illegal character");
            }
            return new PurgeReply.Accepted();
        };
        try (Lane lane = started(purger, outcomes())) {
            lane.add(1, List.of(purge("bad")));
            assertThat(next()).isEqualTo("REFUSED");
            lane.add(2, List.of(purge("good")));
            assertThat(next()).isEqualTo("ACCEPTED");

            assertThat(lane.ask(PurgeQueue::refused))
                    .extracting(Purger.Refused::reason)
                    .singleElement()
                    .asString()
                    .contains("Illegal character");
        }
    }

    @Test
    void anAdapterThatBreaksItsContractIsAskedAgain() throws InterruptedException {
        EdgePurger purger = call -> {
            throw new IllegalStateException("broken");
        };
        try (Lane lane = started(purger, outcomes())) {
            lane.add(1, List.of(purge("a")));

            assertThat(next()).isEqualTo("FAILED");
            assertThat(lane.ask(PurgeQueue::undone)).hasValue(1);
        }
    }

    @Test
    void theDeathOfAThreadIsHeardOf() throws InterruptedException {
        EdgePurger purger = call -> {
            throw new AssertionError("a mistake");
        };
        EdgeListener deaths = new EdgeListener() {
            @Override
            public void died(String thread, Throwable cause) {
                told.add(thread.substring(0, thread.lastIndexOf('-')) + ": " + cause.getMessage());
            }
        };
        try (Lane lane = started(purger, deaths)) {
            lane.add(1, List.of(purge("a")));

            assertThat(next()).isEqualTo("freshet-edge: a mistake");
        }
    }
}
