package dev.freshet.rules.yaml;

import java.util.Map;

/** What a node says, without how it is written: comments, quotes and line breaks do not count. */
final class Meaning {
    private Meaning() {}

    static String of(Node node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(Node node, StringBuilder out) {
        switch (node) {
            case Node.Scalar scalar -> text(scalar.text(), out);
            case Node.Items items -> {
                out.append('[');
                items.nodes().forEach(each -> write(each, out));
                out.append(']');
            }
            case Node.Mapping mapping -> {
                out.append('{');
                for (Map.Entry<String, Node> member : mapping.members().entrySet()) {
                    text(member.getKey(), out);
                    write(member.getValue(), out);
                }
                out.append('}');
            }
            case Node.Broken broken -> out.append('!');
        }
    }

    private static void text(String text, StringBuilder out) {
        out.append(text.length()).append(':').append(text);
    }
}
