package dev.freshet.sidecar.command;

import dev.freshet.sidecar.settings.CacheSettings;
import dev.freshet.sidecar.settings.SidecarSettings;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyTarget;
import io.lettuce.core.RedisURI;
import java.util.Optional;

/** Makes the cache's side of a sidecar. */
final class Target {
    private Target() {}

    static ValkeyTarget of(SidecarSettings settings) {
        CacheSettings cache = settings.cache();
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(cache.address().host())
                .withPort(cache.address().port())
                .withDatabase(cache.address().number())
                .withSsl(cache.address().tls());
        char[] password =
                cache.password().map(secret -> secret.reveal().toCharArray()).orElse(new char[0]);
        if (cache.user().isPresent()) {
            uri.withAuthentication(cache.user().get(), password);
        } else if (cache.password().isPresent()) {
            uri.withPassword(password);
        }
        return new ValkeyTarget(uri.build(), cache.prefix(), settings.fence().window());
    }

    /**
     * Refuses a cache that lets nobody in with these settings. One that is away is waited for by whoever needs it.
     *
     * @throws CommandFailedException with the server's reason
     */
    static void requireOpen(ValkeyTarget target) {
        try (ValkeyConnection cache = new ValkeyConnection(target)) {
            Optional<String> shut = cache.shut();
            if (shut.isPresent()) {
                throw CommandFailedException.failed("the cache cannot be used: " + shut.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("interrupted");
        }
    }
}
