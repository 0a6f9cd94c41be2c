package dev.freshet.sidecar.command;

import dev.freshet.rules.yaml.Answer;
import dev.freshet.rules.yaml.Kind;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 500ms}, {@code 30s}, {@code 5m} as rule files do. */
final class DurationOption implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return switch (Kind.DURATION.read(text)) {
            case Answer.Is<Duration>(Duration duration) -> duration;
            case Answer.IsNot<Duration> not ->
                throw new TypeConversionException("expected " + not.expected() + ", found '" + text + "'");
            case Answer.Refused<Duration> refused -> throw new TypeConversionException(refused.message());
        };
    }
}
