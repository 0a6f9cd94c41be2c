package dev.freshet.write;

import dev.freshet.rules.edge.EdgeName;

/**
 * An edge, or one node of it; the same in every process with the same file.
 *
 * @param node its address; empty where the edge has none
 */
public record LaneName(EdgeName edge, String node) {
    /** One that was written as {@link #text}. */
    public static LaneName read(String text) {
        int border = text.indexOf(' ');
        return border < 0
                ? new LaneName(new EdgeName(text), "")
                : new LaneName(new EdgeName(text.substring(0, border)), text.substring(border + 1));
    }

    /** Names of edges have no blank. */
    public String text() {
        return node.isEmpty() ? edge.text() : edge.text() + " " + node;
    }

    @Override
    public String toString() {
        return text();
    }
}
