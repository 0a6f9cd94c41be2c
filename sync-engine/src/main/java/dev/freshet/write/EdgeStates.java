package dev.freshet.write;

import java.util.List;

/**
 * One look at all edges.
 *
 * @param lanes each edge, or each node of it
 * @param unseen purges that wait until readers of the database see their changes
 * @param stored purges that the cache keeps, of all edges, when they were counted last
 */
public record EdgeStates(List<EdgeState> lanes, int unseen, long stored) {
    public static final EdgeStates NONE = new EdgeStates(List.of(), 0, 0);

    public EdgeStates {
        lanes = List.copyOf(lanes);
    }
}
