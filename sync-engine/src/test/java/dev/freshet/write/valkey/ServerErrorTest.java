package dev.freshet.write.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.write.WriteResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OOM command not allowed when used memory > 'maxmemory'. | OOM",
                "-OOM command not allowed when used memory > 'maxmemory'. | OOM",
                "@user_script: 69: -OOM command not allowed when used memory > 'maxmemory'. | OOM",
                "READONLY You can't write against a read only replica. | READONLY",
                "LOADING Redis is loading the dataset in memory | LOADING",
                "MASTERDOWN Link with MASTER is down | MASTERDOWN",
                "MISCONF Valkey is configured to save RDB snapshots | MISCONF",
                "BUSY Redis is busy running a script. | BUSY",
                "NOREPLICAS Not enough good replicas to write. | NOREPLICAS",
                "CLUSTERDOWN Hash slot not served | CLUSTERDOWN",
                "TRYAGAIN Multiple keys request during rehashing of slot | TRYAGAIN",
                "NOSCRIPT No matching script. | NOSCRIPT",
                "MOVED 3999 127.0.0.1:6381 | MOVED",
                "ASK 3999 127.0.0.1:6381 | ASK",
                "NOAUTH Authentication required. | NOAUTH",
                "WRONGPASS invalid username-password pair | WRONGPASS",
                "NOPERM No permissions to access a key | NOPERM",
                "ERR max number of clients reached | UNKNOWN",
                "OOMPH is something else | UNKNOWN",
                "oom in small letters | UNKNOWN",
            })
    void whatTheServerCannotDoNowIsTriedAgain(String text, ServerError kind) {
        assertThat(ServerError.of(text)).isEqualTo(kind);
        assertThat(ServerError.result(text)).isInstanceOfSatisfying(WriteResult.RetryAfter.class, retry -> {
            assertThat(retry.delay()).isPositive();
            assertThat(retry.reason()).isEqualTo(text.replaceFirst("^.*-OOM", "OOM"));
        });
    }

    @Test
    void aKeyOfAnotherKindIsNeverTriedAgain() {
        assertThat(ServerError.result("WRONGTYPE Operation against a key holding the wrong kind of value"))
                .isInstanceOf(WriteResult.Rejected.class);
    }

    @Test
    void anEmptyErrorIsTriedAgain() {
        assertThat(ServerError.result("")).isInstanceOf(WriteResult.RetryAfter.class);
    }

    @Test
    void aLongTextIsCutAndLosesItsLineEnd() {
        assertThat(((WriteResult.RetryAfter) ServerError.result("ERR " + "x".repeat(1_000) + "\r\n")).reason())
                .hasSize(200);
    }
}
