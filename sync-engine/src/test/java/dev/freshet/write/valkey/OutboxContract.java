package dev.freshet.write.valkey;

import static dev.freshet.write.valkey.Operations.PIPELINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.rules.edge.EdgeName;
import dev.freshet.write.LaneName;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.edge.Outbox;
import dev.freshet.write.edge.ParkedPurge;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an outbox keeps, whichever server it is in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OutboxContract {
    private static final String PREFIX = "shop:";
    private static final ParkedPurge MARK = new ParkedPurge("mark", "one");

    private final TestServer.Program program;
    private TestServer server;
    private ValkeyConnection connection;
    private Outbox outbox;

    @SuppressWarnings("NullAway.Init")
    OutboxContract(TestServer.Program program) {
        this.program = program;
    }

    @BeforeAll
    void start() {
        server = TestServer.start(program);
        connection = new ValkeyConnection(new ValkeyTarget(server.uri(), PREFIX, Duration.ofMinutes(10)));
    }

    @AfterAll
    void stop() {
        connection.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        server.commands().flushall();
        outbox = new ValkeyOutbox(connection, PIPELINE);
    }

    private List<ParkedPurge> all() throws TargetAwayException {
        List<ParkedPurge> all = new ArrayList<>();
        String cursor = Outbox.BEGINNING;
        do {
            Outbox.Page page = outbox.page(cursor);
            all.addAll(page.purges());
            cursor = page.next();
        } while (!cursor.equals(Outbox.BEGINNING));
        return all;
    }

    @Test
    void whatIsParkedIsThereUntilItIsForgotten() throws TargetAwayException {
        List<ParkedPurge> parked = IntStream.range(0, 2_000)
                .mapToObj(i -> new ParkedPurge("{\"ü\":" + i + "}", i + " \"'"))
                .toList();
        assertThat(outbox.park(parked, MARK)).isFalse();
        assertThat(outbox.park(List.of(), MARK)).isTrue();
        assertThat(outbox.park(List.of(), new ParkedPurge(MARK.field(), "another")))
                .isFalse();
        outbox.forget(List.of(new ParkedPurge(MARK.field(), "another")));

        assertThat(all()).containsExactlyInAnyOrderElementsOf(parked);
        assertThat(server.commands().keys("*")).containsExactly(PREFIX + "freshet:" + PIPELINE + ":purges");
        outbox.forget(parked.subList(0, 1_500));
        assertThat(all()).containsExactlyInAnyOrderElementsOf(parked.subList(1_500, 2_000));
        assertThat(outbox.size()).isEqualTo(500);
        assertThat(outbox.has(parked.get(1_500))).isTrue();
        assertThat(outbox.has(parked.getFirst())).isFalse();
        outbox.forget(parked);
        assertThat(outbox.size()).isZero();
    }

    @Test
    void whatWasParkedAgainMeanwhileIsNotForgotten() throws TargetAwayException {
        ParkedPurge first = new ParkedPurge("f", "1");
        ParkedPurge second = new ParkedPurge("f", "2");
        boolean unused = outbox.park(List.of(first), first);
        unused = outbox.park(List.of(second), second);

        outbox.forget(List.of(first));

        assertThat(all()).containsExactly(second);
    }

    @Test
    void nothingIsNothing() throws TargetAwayException {
        outbox.forget(List.of());

        assertThat(all()).isEmpty();
    }

    @Test
    void whatIsSpentAddsUpByLaneAndMonth() throws TargetAwayException {
        YearMonth november = YearMonth.of(2026, 11);
        LaneName site = new LaneName(new EdgeName("site"), "");
        assertThat(outbox.spent(site, november, 0)).isZero();
        assertThat(outbox.spent(site, november, 70)).isEqualTo(70);
        assertThat(outbox.spent(site, november, 5)).isEqualTo(75);
        assertThat(outbox.spent(site, november.plusMonths(1), 1)).isEqualTo(1);
        assertThat(outbox.spent(new LaneName(new EdgeName("site"), "http://a:80"), november, 1))
                .isEqualTo(1);
    }

    @Test
    void somethingElseUnderItsNameIsSaid() {
        server.commands().set(PREFIX + "freshet:" + PIPELINE + ":purges", "text");

        assertThatExceptionOfType(TargetAwayException.class)
                .isThrownBy(() -> outbox.park(List.of(new ParkedPurge("f", "1")), MARK))
                .withMessageContaining("WRONGTYPE");
    }
}
