package dev.freshet.sidecar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.plan.EdgeTag;
import dev.freshet.rules.edge.EdgeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/tag-vectors.json} says what applications that write tags themselves are tried with. With {@code
 * -Dfreshet.golden=rewrite} it is written anew.
 */
class TagVectorsTest {
    private static final Path FILE = Path.of("../../docs/tag-vectors.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A hyphen and 32 digits. */
    private static final int HASH = 33;

    private record Vector(String says, String name) {}

    @Test
    void theFileSaysWhatTagsAre() throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        String made = JSON.writer(printer).writeValueAsString(vectors()) + "\n";

        if ("rewrite".equals(System.getProperty("freshet.golden"))) {
            Files.writeString(FILE, made);
        }
        assertThat(Files.readString(FILE)).isEqualTo(made);
    }

    private static ArrayNode vectors() {
        ArrayNode all = JSON.createArrayNode();
        Stream.concat(shortOnes(), limits().stream().flatMap(TagVectorsTest::around))
                .forEach(vector -> {
                    ObjectNode one = all.addObject().put("says", vector.says()).put("name", vector.name());
                    ObjectNode tags = one.putObject("tags");
                    limits().forEach(longest -> put(tags, longest, vector.name()));
                });
        return all;
    }

    private static void put(ObjectNode tags, int longest, String name) {
        if (name.isEmpty()) {
            tags.putNull(Integer.toString(longest));
        } else {
            tags.put(Integer.toString(longest), EdgeTag.of(name, longest).text());
        }
    }

    /** Those that edges have, each once. */
    private static List<Integer> limits() {
        return Arrays.stream(EdgeType.values())
                .map(EdgeType::longestTag)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Vector> shortOnes() {
        return Stream.of(
                new Vector("no name, no tag", ""),
                new Vector("plain", "product-42"),
                new Vector("every character that stays", "AZaz09._-"),
                new Vector("upper case stays", "Product-ABC"),
                new Vector("a space", "fountain pen"),
                new Vector("a colon", "product:42"),
                new Vector("a comma", "a,b"),
                new Vector("a percent sign, also where it looks like an escape", "100%25"),
                new Vector("a slash, a tilde, a plus and a star", "a/b~c+d*e"),
                new Vector("quotes and a line break", "\"a\"\n'b'"),
                new Vector("umlauts", "B\u00fcro \u00d6l"),
                new Vector("the same umlaut in two parts is another name", "Bu\u0308ro"),
                new Vector("an emoji", "pen \ud83d\udd8b"),
                new Vector("another script", "\u6771\u4eac"));
    }

    /** Names about as long as a limit. */
    private static Stream<Vector> around(int longest) {
        int kept = longest - HASH;
        return Stream.of(
                new Vector("as long as " + longest + " bytes", "a".repeat(longest)),
                new Vector("longer by one than " + longest, "a".repeat(longest + 1)),
                new Vector("too long for " + longest + ": an escape ends where it is cut", cutAt(kept - 3)),
                new Vector(
                        "too long for " + longest + ": an escape would be cut behind its first digit", cutAt(kept - 2)),
                new Vector(
                        "too long for " + longest + ": an escape would be cut behind its percent sign",
                        cutAt(kept - 1)),
                new Vector("too long for " + longest + ": an escape begins where it is cut", cutAt(kept)));
    }

    /** So many plain characters, then one that is encoded. */
    private static String cutAt(int plain) {
        return "a".repeat(plain) + ":" + "b".repeat(HASH + 1);
    }
}
