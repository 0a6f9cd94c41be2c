package dev.freshet.sidecar.demo;

import dev.freshet.sidecar.demo.edge.EdgeServer;
import dev.freshet.sidecar.demo.edge.PageClient;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Two edges of one make, each in front of an origin of its own.
 *
 * @param make as it is shown
 * @param ttl whose pages are outdated until they expire
 * @param freshet whose pages Freshet purges
 */
record Edges(String make, Edge ttl, Edge freshet) implements AutoCloseable {
    /** Varnish where it is installed and starts. */
    static Edges start(Leftovers leftovers, RandomGenerator random, Origins origins)
            throws IOException, DemoException, InterruptedException {
        var varnish = varnish(leftovers, random, origins);
        return varnish.isPresent() ? varnish.get() : small(random, origins);
    }

    private static Optional<Edges> varnish(Leftovers leftovers, RandomGenerator random, Origins origins)
            throws IOException, DemoException, InterruptedException {
        var program = Installed.program("varnishd");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        var one = VarnishServer.launch(
                leftovers,
                program.get(),
                "varnish-ttl",
                FreePort.find(random),
                origins.ttl().port());
        var other = VarnishServer.launch(
                leftovers,
                program.get(),
                "varnish-freshet",
                FreePort.find(random),
                origins.freshet().port());
        var both = new Edges("Varnish", one, other);
        if (one.hasStarted() && other.hasStarted()) {
            return Optional.of(both);
        }
        both.close();
        return Optional.empty();
    }

    private static Edges small(RandomGenerator random, Origins origins) throws IOException {
        return new Edges("the demo's own", small(random, origins.ttl()), small(random, origins.freshet()));
    }

    private static Edge small(RandomGenerator random, Origin origin) throws IOException {
        return new Edge.Small(new EdgeServer(FreePort.find(random), new PageClient(origin.port())));
    }

    void requireAlive() throws DemoException {
        ttl.requireAlive();
        freshet.requireAlive();
    }

    @Override
    public void close() {
        ttl.close();
        freshet.close();
    }
}
