package dev.freshet.sidecar.demo;

/** Two twins that are asked for the same products, and what was seen of each. Safe for any thread. */
final class Comparison {
    private volatile Tally ttl = new Tally(System::nanoTime);
    private volatile Tally freshet = new Tally(System::nanoTime);

    /** What was seen so far. */
    record Seen(Freshness ttl, Freshness freshet) {}

    /** One after the other. */
    void ask(Product product, Twin ttlTwin, Twin freshetTwin, boolean ttlFirst) {
        if (ttlFirst) {
            ttl.judge(product, () -> ttlTwin.read(product));
            freshet.judge(product, () -> freshetTwin.read(product));
        } else {
            freshet.judge(product, () -> freshetTwin.read(product));
            ttl.judge(product, () -> ttlTwin.read(product));
        }
    }

    /** What was seen until now does not count. */
    void begin() {
        ttl = new Tally(System::nanoTime);
        freshet = new Tally(System::nanoTime);
    }

    Seen seen() {
        return new Seen(ttl.freshness(), freshet.freshness());
    }
}
