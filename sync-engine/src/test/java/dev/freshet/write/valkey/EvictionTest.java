package dev.freshet.write.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.write.TargetAwayException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EvictionTest {
    @ParameterizedTest
    @EnumSource
    void aServerTellsWhatItEvicts(TestServer.Program program) throws TargetAwayException {
        try (TestServer server =
                        TestServer.start(program, "--maxmemory", "100mb", "--maxmemory-policy", "volatile-ttl");
                ValkeyConnection connection =
                        new ValkeyConnection(new ValkeyTarget(server.uri(), "", Duration.ofMinutes(10)))) {
            assertThat(Eviction.of(connection)).contains(new Eviction("volatile-ttl", 100 << 20));

            server.commands().configSet("maxmemory", "0");

            assertThat(Eviction.of(connection)).contains(new Eviction("volatile-ttl", 0));
        }
    }

    @Test
    void aServerThatDoesNotTellIsNotGuessedAt() {
        assertThat(Eviction.read("# Memory\r\nused_memory:1\r\nmaxmemory:5\r\n"))
                .isEmpty();
        assertThat(Eviction.read("maxmemory_policy:noeviction\r\n")).isEmpty();
        assertThat(Eviction.read("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "noeviction, 1, true, false, false",
        "allkeys-lru, 0, true, false, false",
        "allkeys-lru, 1, false, false, true",
        "allkeys-lfu, 1, false, false, true",
        "allkeys-random, 1, false, true, true",
        "volatile-lru, 1, false, true, false",
        "volatile-ttl, 1, false, true, false",
        "volatile-ttl, 0, true, false, false"
    })
    void policiesTakeDifferentKeys(String policy, long maxMemory, boolean off, boolean fences, boolean lasting) {
        Eviction eviction = new Eviction(policy, maxMemory);

        assertThat(eviction.isOff()).isEqualTo(off);
        assertThat(eviction.takesFences()).isEqualTo(fences);
        assertThat(eviction.takesWhatDoesNotExpire()).isEqualTo(lasting);
    }
}
