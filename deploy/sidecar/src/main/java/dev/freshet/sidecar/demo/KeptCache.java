package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The cache server together with what Freshet keeps in it: it is back when every product has its entry again. */
record KeptCache(CacheServer server, CacheConnection connection, Shop shop) implements Breakable {
    private static final Duration TO_BE_FULL = Duration.ofSeconds(60);

    @Override
    public void kill() throws InterruptedException {
        server.kill();
    }

    @Override
    public void restart() throws IOException {
        server.restart();
    }

    @Override
    public void awaitBack() throws DemoException, InterruptedException {
        if (!Patience.within(TO_BE_FULL, this::isFull)) {
            throw new DemoException("its entries are not all there after %d s".formatted(TO_BE_FULL.toSeconds()));
        }
    }

    private boolean isFull() {
        var keys =
                shop.products().stream().map(Product::id).map(FreshetTwin::key).toList();
        long present = connection.get(keys).stream().filter(Optional::isPresent).count();
        return present >= shop.fullShelves();
    }
}
