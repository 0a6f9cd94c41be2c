package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.servers.FreshetCommand;
import dev.freshet.servers.FreshetProcess;
import java.time.Duration;
import java.util.List;

/**
 * A command that ended by itself, and all that it said.
 *
 * @param code its exit code
 * @param output its lines on stdout
 * @param errors its lines on stderr
 */
record Ended(int code, List<String> output, List<String> errors) {
    private static final Duration TO_END = Duration.ofSeconds(60);

    static Ended of(FreshetCommand command) {
        try (FreshetProcess process = command.start()) {
            return of(process);
        }
    }

    static Ended of(FreshetProcess process) {
        int code = process.awaitExit(TO_END);
        return new Ended(code, process.output(), process.errors());
    }

    static Ended freshet(String... arguments) {
        return of(FreshetCommand.freshet(arguments));
    }

    /** It failed, and these are the only words it lost over that. */
    Ended refused(int expectedCode, String... lines) {
        assertThat(this).isEqualTo(new Ended(expectedCode, List.of(), List.of(lines)));
        return this;
    }

    /** It ended so and told this and nothing else, as its answer. */
    Ended answered(int expectedCode, String... lines) {
        assertThat(this).isEqualTo(new Ended(expectedCode, List.of(lines), List.of()));
        return this;
    }
}
