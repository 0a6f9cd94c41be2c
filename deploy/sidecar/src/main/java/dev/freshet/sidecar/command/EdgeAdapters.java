package dev.freshet.sidecar.command;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.EdgeLanes;
import dev.freshet.write.edge.EdgePurger;

/** An adapter for each make of edge. */
final class EdgeAdapters implements EdgeLanes.Adapters {
    @Override
    public EdgePurger of(Edge edge, String node) {
        return switch (edge.type()) {
            case FASTLY, CLOUDFLARE, CLOUDFRONT, AKAMAI, BUNNY, VARNISH, NGINX, SOUIN, WEBHOOK ->
                throw new IllegalStateException("no adapter yet");
        };
    }
}
