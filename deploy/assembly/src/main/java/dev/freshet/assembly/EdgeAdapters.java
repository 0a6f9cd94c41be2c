package dev.freshet.assembly;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.EdgeLanes;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.akamai.AkamaiPurger;
import dev.freshet.write.edge.bunny.BunnyPurger;
import dev.freshet.write.edge.cloudflare.CloudflarePurger;
import dev.freshet.write.edge.cloudfront.CloudFrontPurger;
import dev.freshet.write.edge.fastly.FastlyPurger;
import dev.freshet.write.edge.nginx.NginxPurger;
import dev.freshet.write.edge.souin.SouinPurger;
import dev.freshet.write.edge.varnish.VarnishPurger;
import dev.freshet.write.edge.webhook.WebhookPurger;
import java.time.InstantSource;

/**
 * An adapter for each make of edge.
 *
 * @param clock by which they read what providers say of time
 */
record EdgeAdapters(InstantSource clock) implements EdgeLanes.Adapters {
    @Override
    public EdgePurger of(Edge edge, String node) {
        return switch (edge.type()) {
            case FASTLY -> new FastlyPurger(edge, clock);
            case CLOUDFLARE -> new CloudflarePurger(edge, clock);
            case CLOUDFRONT -> new CloudFrontPurger(edge, clock);
            case AKAMAI -> new AkamaiPurger(edge, clock);
            case BUNNY -> new BunnyPurger(edge, clock);
            case VARNISH -> new VarnishPurger(edge, node, clock);
            case NGINX -> new NginxPurger(edge, node, clock);
            case SOUIN -> new SouinPurger(edge, node, clock);
            case WEBHOOK -> new WebhookPurger(edge, clock);
        };
    }
}
