package dev.freshet.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.write.EdgeListener;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ListenersTest {
    static Stream<Arguments> events() {
        return Stream.of(
                        Map.entry(PipelineListener.class, PipelineListeners.class),
                        Map.entry(EdgeListener.class, EdgeListeners.class))
                .flatMap(each -> Arrays.stream(each.getKey().getDeclaredMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                        .map(event -> Arguments.of(event, each.getValue())));
    }

    /** What is not passed on nobody hears, and no compiler says so. */
    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsPassedOn(Method event, Class<?> by) {
        assertThat(List.of(by.getDeclaredMethods()))
                .anyMatch(method -> method.getName().equals(event.getName())
                        && Arrays.equals(method.getParameterTypes(), event.getParameterTypes()));
    }
}
