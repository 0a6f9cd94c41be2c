package dev.freshet.rules.yaml;

import java.util.Optional;
import java.util.function.Function;

/** What a {@link Kind} makes of a scalar's text. */
public sealed interface Answer<T> {
    /** The text is of this kind. */
    record Is<T>(T value) implements Answer<T> {}

    /**
     * The text is not of this kind.
     *
     * @param expected what is allowed, such as {@code a whole number from 1 to 65536}
     * @param nearest the spelling that was probably meant
     */
    record IsNot<T>(String expected, Optional<String> nearest) implements Answer<T> {}

    /**
     * The text is understood and refused.
     *
     * @param message why; holds no secret
     */
    record Refused<T>(Code code, String message) implements Answer<T> {}

    default <R> Answer<R> map(Function<? super T, ? extends R> change) {
        return then(value -> new Is<>(change.apply(value)));
    }

    default <R> Answer<R> then(Function<? super T, Answer<R>> next) {
        return switch (this) {
            case Is<T>(T value) -> next.apply(value);
            case IsNot<T>(String expected, Optional<String> nearest) -> new IsNot<>(expected, nearest);
            case Refused<T>(Code code, String message) -> new Refused<>(code, message);
        };
    }

    static <T> Answer<T> is(T value) {
        return new Is<>(value);
    }

    static <T> Answer<T> isNot(String expected) {
        return new IsNot<>(expected, Optional.empty());
    }
}
