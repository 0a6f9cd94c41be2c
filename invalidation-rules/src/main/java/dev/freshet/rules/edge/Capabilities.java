package dev.freshet.rules.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one make of edge can, said part by part while the table is made, and only read afterwards. */
final class Capabilities {
    static final int KB = 1_024;

    /** The key under which an edge's settings name the header of tags. */
    static final String HEADER = "header";

    private final Map<Edge.Kind, Ability> abilities = new EnumMap<>(Edge.Kind.class);
    private final Map<Edge.Kind, Rate> rates = new EnumMap<>(Edge.Kind.class);
    private final List<Plan> plans = new ArrayList<>();
    private final List<EdgeKey> keys = new ArrayList<>();
    private Optional<TagHeader> tags = Optional.empty();
    private Duration gather = Duration.ZERO;
    private int callsUnderWay = 1;
    private int bytesPerCall = 1 << 20;
    private boolean isCharged;
    private boolean hasNodes;

    Capabilities tags(TagHeader header) {
        tags = Optional.of(header);
        return this;
    }

    Capabilities can(Edge.Kind kind, Ability ability) {
        abilities.put(kind, ability);
        return this;
    }

    Capabilities gathers(Duration duration) {
        gather = duration;
        return this;
    }

    Capabilities callsUnderWay(int most) {
        callsUnderWay = most;
        return this;
    }

    Capabilities bytesPerCall(int most) {
        bytesPerCall = most;
        return this;
    }

    Capabilities charged() {
        isCharged = true;
        return this;
    }

    Capabilities rate(Rate rate, Edge.Kind... kinds) {
        for (Edge.Kind kind : kinds) {
            rates.put(kind, rate);
        }
        return this;
    }

    /** What a plan grants, and for which kinds. */
    Capabilities plan(String name, Map<Rate, List<Edge.Kind>> grants) {
        Map<Edge.Kind, Rate> granted = new EnumMap<>(Edge.Kind.class);
        grants.forEach((rate, kinds) -> kinds.forEach(kind -> granted.put(kind, rate)));
        plans.add(new Plan(name, granted));
        return this;
    }

    /** All kinds come from one bucket. */
    Capabilities plan(String name, Rate rate) {
        return plan(name, Map.of(rate, List.copyOf(abilities.keySet())));
    }

    Capabilities key(EdgeKey key) {
        keys.add(key);
        return this;
    }

    Capabilities required(String name, EdgeKey.Form form, String says) {
        return key(new EdgeKey(name, form, true, says));
    }

    Capabilities optional(String name, EdgeKey.Form form, String says) {
        return key(new EdgeKey(name, form, false, says));
    }

    Capabilities api(String address) {
        return optional("api", new EdgeKey.Form.Address(), "of its API; default " + address);
    }

    /** Each of its machines is told. */
    Capabilities nodes() {
        hasNodes = true;
        return required("nodes", new EdgeKey.Form.Addresses(), "each of its machines, as http://host:port");
    }

    Capabilities headers() {
        return optional("headers", new EdgeKey.Form.Headers(), "sent with each request: {Name: value}");
    }

    static Rate calls(String bucket, int burst, int perMinute) {
        return new Rate(bucket, Rate.Unit.CALLS, burst, perMinute);
    }

    static Rate names(String bucket, int burst, int perMinute) {
        return new Rate(bucket, Rate.Unit.NAMES, burst, perMinute);
    }

    Map<Edge.Kind, Ability> abilities() {
        return abilities;
    }

    Optional<TagHeader> tags() {
        return tags;
    }

    Duration gather() {
        return gather;
    }

    int callsUnderWay() {
        return callsUnderWay;
    }

    int bytesPerCall() {
        return bytesPerCall;
    }

    boolean isCharged() {
        return isCharged;
    }

    boolean hasNodes() {
        return hasNodes;
    }

    List<EdgeKey> keys() {
        return keys;
    }

    /** The first is the default. */
    List<Plan> plans() {
        return plans.isEmpty() ? List.of(new Plan("", rates)) : plans;
    }
}
