package dev.freshet.sidecar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/from-redis-data-integration.md} translates into rules that work. */
class ComingFromPageTest {
    @Test
    void everyTranslationDoesWhatThePageSays(@TempDir Path folder) throws IOException {
        Page.Tried tried = Page.read(Path.of("../../docs/from-redis-data-integration.md"), folder)
                .tried();

        assertThat(tried.wrong()).isEmpty();
        assertThat(tried.files()).isGreaterThanOrEqualTo(4);
        assertThat(tried.cases()).isGreaterThanOrEqualTo(2);
    }
}
