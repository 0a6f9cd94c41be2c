package dev.freshet.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CacheServerTest {
    private final Servers servers = Servers.chosen();

    @ParameterizedTest
    @EnumSource
    void answersAndRunsScripts(CacheRelease release) {
        try (var cache = servers.cache(release, CacheMemory.LOST, ServerSettings.DEFAULT)) {
            long two = ask(cache, commands -> commands.eval("return 1 + 1", ScriptOutputType.INTEGER));
            assertThat(two).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void remembersThroughAKillWhatItIsToldToKeep(CacheMemory memory) {
        try (var cache = servers.cache(memory)) {
            ask(cache, commands -> commands.set("k", "v"));
            cache.kill();
            assertThat(cache.isRunning()).isFalse();
            assertThatThrownBy(() -> CacheProbe.ping(cache.host(), cache.port()))
                    .isInstanceOf(IOException.class);
            cache.start();
            long found = ask(cache, commands -> commands.exists("k"));
            assertThat(found).isEqualTo(memory == CacheMemory.KEPT ? 1 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void remembersThroughARestartWhatItIsToldToKeep(CacheMemory memory) {
        try (var cache = servers.cache(memory)) {
            ask(cache, commands -> commands.set("k", "v"));
            cache.restart();
            long found = ask(cache, commands -> commands.exists("k"));
            assertThat(found).isEqualTo(memory == CacheMemory.KEPT ? 1 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesSettings(CacheRelease release) {
        var settings = ServerSettings.DEFAULT.with("maxmemory", "7mb");
        try (var cache = servers.cache(release, CacheMemory.LOST, settings)) {
            var told = ask(cache, commands -> commands.configGet("maxmemory"));
            assertThat(told).containsEntry("maxmemory", Integer.toString(7 * 1024 * 1024));
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersNobodyWhileItIsPaused(CacheRelease release) throws IOException {
        try (var cache = servers.cache(release, CacheMemory.LOST, ServerSettings.DEFAULT)) {
            cache.pause();
            assertThatThrownBy(() -> CacheProbe.ping(cache.host(), cache.port()))
                    .isInstanceOf(IOException.class);
            cache.resume();
            CacheProbe.ping(cache.host(), cache.port());
        }
    }

    private static <T> T ask(CacheServer cache, Function<RedisCommands<String, String>, T> question) {
        try (var client = RedisClient.create(cache.uri().toString());
                var connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }
}
