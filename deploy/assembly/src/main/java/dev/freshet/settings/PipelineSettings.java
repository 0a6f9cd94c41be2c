package dev.freshet.settings;

import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Section;
import java.util.Optional;

/**
 * How much is under way at once: {@code pipeline}.
 *
 * @param batch most changes taken from the source at once; default 2048, above which throughput hardly grows and the wait for
 *     the slowest of a batch does
 * @param memory most bytes of changes held between source and cache, and of one row; default 128MB, half of the smallest heap that a
 *     sidecar is usually given
 */
public record PipelineSettings(int batch, long memory) {
    static final int MOST_IN_A_BATCH = 65_536;
    static final long LEAST_MEMORY = 1L << 20;
    static final PipelineSettings DEFAULT = new PipelineSettings(2048, 128L << 20);

    public PipelineSettings {
        Require.that(batch >= 1 && batch <= MOST_IN_A_BATCH, "a batch is 1 to " + MOST_IN_A_BATCH);
        Require.that(memory >= LEAST_MEMORY, "memory is at least 1MB");
    }

    /** Empty where something is wrong, which is reported. */
    static Optional<PipelineSettings> read(Section pipeline) {
        Optional<Integer> batch = pipeline.optional("batch", Kind.whole(1, MOST_IN_A_BATCH));
        Optional<Long> memory = pipeline.optional(
                "memory", Kind.SIZE.within(bytes -> bytes >= LEAST_MEMORY, "a size of at least 1MB, such as 128MB"));
        pipeline.finish();
        return pipeline.ifSound(
                () -> new PipelineSettings(batch.orElse(DEFAULT.batch()), memory.orElse(DEFAULT.memory())));
    }
}
