package dev.freshet.sidecar.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeftoversTest {
    private static ProcessBuilder shell(String script) {
        return new ProcessBuilder("/bin/sh", "-c", script);
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void noProcessIsLeftAfterwards(Signal farewell) throws IOException {
        var leftovers = new Leftovers();
        var process = leftovers.start(shell("exec sleep 1000"), farewell);

        leftovers.close();

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aProcessThatDoesNotListenIsKilled() throws IOException {
        var leftovers = new Leftovers();
        var process = leftovers.start(shell("trap '' TERM; echo deaf; while :; do sleep 1000; done"), Signal.TERM);
        assertThat(process.inputReader().readLine()).isEqualTo("deaf");

        leftovers.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(process.descendants()).isEmpty();
    }

    @Test
    void theDirectoryIsGoneWithAllThatIsInIt() throws IOException {
        var leftovers = new Leftovers();
        Files.writeString(
                Files.createDirectories(leftovers.directory().resolve("a/b")).resolve("c"), "d");

        leftovers.close();

        assertThat(leftovers.directory()).doesNotExist();
    }

    @Test
    void nothingIsStartedOnceItIsClosed() throws IOException {
        var leftovers = new Leftovers();
        leftovers.close();

        assertThatIllegalStateException().isThrownBy(() -> leftovers.start(shell("true"), Signal.TERM));
    }
}
