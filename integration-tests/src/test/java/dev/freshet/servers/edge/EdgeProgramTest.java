package dev.freshet.servers.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

final class EdgeProgramTest {
    private static final EdgeProgram NONE = new EdgeProgram("no-such-edge", "no-such-package");

    @Test
    void aProgramThatIsNotThereIsNotFound() {
        assertThat(NONE.find()).isEmpty();
        assertThat(new EdgeProgram("sh", "dash").find()).isPresent();
    }

    @Test
    void withoutItATestIsLeftOutAndSaysWhatToInstall() {
        assertThat(NONE.missing(Map.of()))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("apt-get install no-such-package");
    }

    @Test
    void withoutItATestFailsWhereEverythingWasPromised() {
        assertThat(NONE.missing(Map.of("CI", "true")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("apt-get install no-such-package");
    }

    @Test
    void aProgramThatFailsSaysNothing() {
        var shell = Path.of("/bin/sh");
        assertThat(EdgeProgram.says(shell, "-c", "echo yes")).hasValue("yes\n");
        assertThat(EdgeProgram.says(shell, "-c", "echo yes; exit 3")).isEmpty();
    }
}
