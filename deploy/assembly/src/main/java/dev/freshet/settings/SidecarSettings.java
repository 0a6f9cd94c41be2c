package dev.freshet.settings;

import dev.freshet.rules.yaml.Section;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything a sidecar's file says besides its rules.
 *
 * @param source where changes come from
 * @param cache where entries go
 * @param admin where it is watched; default {@link AdminSettings#DEFAULT}, every key of it being optional
 * @param pipeline its limits; default {@link PipelineSettings#DEFAULT}, as above
 * @param fence its versions; default {@link FenceSettings#DEFAULT}, as above
 */
public record SidecarSettings(
        SourceSettings source,
        CacheSettings cache,
        AdminSettings admin,
        PipelineSettings pipeline,
        FenceSettings fence) {

    /** Empty where something is wrong, which is reported. */
    static Optional<SidecarSettings> read(Section top) {
        Optional<SourceSettings> source = top.requiredSection("source").flatMap(SourceSettings::read);
        Optional<CacheSettings> cache = top.requiredSection("cache").flatMap(CacheSettings::read);
        Optional<AdminSettings> admin = optional(top, "admin", AdminSettings::read, AdminSettings.DEFAULT);
        Optional<PipelineSettings> pipeline =
                optional(top, "pipeline", PipelineSettings::read, PipelineSettings.DEFAULT);
        Optional<FenceSettings> fence = optional(top, "fence", FenceSettings::read, FenceSettings.DEFAULT);
        return source.flatMap(from -> cache.flatMap(to -> admin.flatMap(watched -> pipeline.flatMap(
                limits -> fence.map(versions -> new SidecarSettings(from, to, watched, limits, versions))))));
    }

    private static <T> Optional<T> optional(Section top, String key, Function<Section, Optional<T>> reader, T absent) {
        return top.node(key).isPresent() ? top.section(key).flatMap(reader) : Optional.of(absent);
    }
}
