package dev.freshet.assembly;

import dev.freshet.settings.CacheSettings;
import dev.freshet.settings.FenceSettings;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyTarget;
import io.lettuce.core.RedisURI;
import java.util.Optional;

/** Makes the cache's side of what is running. */
public final class Target {
    private Target() {}

    /** Why a cache lets nobody in with these settings; empty where it does, or is away, which whoever needs it waits for. */
    public static Optional<String> shut(ValkeyTarget target) throws InterruptedException {
        try (ValkeyConnection cache = new ValkeyConnection(target)) {
            return cache.shut().map(why -> "the cache cannot be used: " + why);
        }
    }

    public static ValkeyTarget of(SidecarSettings settings) {
        return of(settings.cache(), settings.fence());
    }

    public static ValkeyTarget of(CacheSettings cache, FenceSettings fence) {
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
        return new ValkeyTarget(uri.build(), cache.prefix(), fence.window());
    }
}
