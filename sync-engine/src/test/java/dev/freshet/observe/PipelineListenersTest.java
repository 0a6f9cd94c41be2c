package dev.freshet.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineListenersTest {
    static Stream<Method> events() {
        return Arrays.stream(PipelineListener.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic());
    }

    /** What is not passed on nobody hears, and no compiler says so. */
    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsPassedOn(Method event) {
        assertThat(List.of(PipelineListeners.class.getDeclaredMethods()))
                .anyMatch(method -> method.getName().equals(event.getName())
                        && Arrays.equals(method.getParameterTypes(), event.getParameterTypes()));
    }
}
