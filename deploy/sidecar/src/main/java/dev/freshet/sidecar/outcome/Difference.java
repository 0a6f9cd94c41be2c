package dev.freshet.sidecar.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One place where two values say different things.
 *
 * @param path such as {@code value.links[0]}
 * @param expected empty: nothing should stand there
 * @param found empty: nothing stands there
 */
public record Difference(String path, Optional<JsonNode> expected, Optional<JsonNode> found) {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

    /** Every such place, none where they are the same. Numbers are the same where they are equal: 19.90 is 19.9, and no text. */
    public static List<Difference> between(String path, JsonNode expected, JsonNode found) {
        List<Difference> all = new ArrayList<>();
        compare(path, expected, found, all);
        return List.copyOf(all);
    }

    private static void compare(String path, JsonNode expected, JsonNode found, List<Difference> all) {
        if (expected.isObject() && found.isObject()) {
            expected.properties()
                    .forEach(member -> compareMember(
                            member(path, member.getKey()), member.getValue(), found.get(member.getKey()), all));
            found.properties().stream()
                    .filter(member -> !expected.has(member.getKey()))
                    .forEach(member -> all.add(surplus(member(path, member.getKey()), member.getValue())));
        } else if (expected.isArray() && found.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
                String item = path + "[" + i + "]";
                if (i < expected.size()) {
                    compareMember(item, expected.get(i), found.get(i), all);
                } else {
                    all.add(surplus(item, found.get(i)));
                }
            }
        } else if (!same(expected, found)) {
            all.add(new Difference(path, Optional.of(expected), Optional.of(found)));
        }
    }

    private static void compareMember(String path, JsonNode expected, @Nullable JsonNode found, List<Difference> all) {
        if (found == null) {
            all.add(new Difference(path, Optional.of(expected), Optional.empty()));
        } else {
            compare(path, expected, found, all);
        }
    }

    private static boolean same(JsonNode expected, JsonNode found) {
        if (expected.isNumber() && found.isNumber()) {
            return expected.decimalValue().compareTo(found.decimalValue()) == 0;
        }
        return expected.equals(found);
    }

    private static Difference surplus(String path, JsonNode found) {
        return new Difference(path, Optional.empty(), Optional.of(found));
    }

    private static String member(String path, String name) {
        if (path.isEmpty()) {
            return name;
        }
        return BARE.matcher(name).matches() ? path + "." + name : path + "[\"" + name + "\"]";
    }

    /** {@code value.price: expected 21, found 19.90}. */
    @Override
    public String toString() {
        return path + ": "
                + expected.map(value -> "expected " + shown(value)).orElse("not expected") + ", found "
                + found.map(Difference::shown).orElse("nothing");
    }

    /** {@code value.price: was 19.90, is 21}. */
    public String asChange() {
        return path + ": was " + expected.map(Difference::shown).orElse("nothing") + ", is "
                + found.map(Difference::shown).orElse("nothing");
    }

    private static String shown(JsonNode value) {
        return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.toString();
    }
}
