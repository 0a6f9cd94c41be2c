package dev.freshet.sidecar.command;

import dev.freshet.rules.expression.KeyPattern;
import dev.freshet.settings.CacheSettings;
import dev.freshet.settings.Whereabouts;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Shell commands that remove the keys of one pattern from a cache. {@code SCAN} finds more than the pattern means, so
 * {@code grep} takes whole lines of it. A key with a line break in it is none of those lines, and a part of it only where that
 * part is a key of the pattern itself: such keys stay, and no other key goes.
 *
 * @param place the cache; its password is in no command, where every process would see it
 * @param pattern of keys, without the prefix
 */
record Removal(Whereabouts place, KeyPattern pattern) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/@%+=-]+");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}]");
    private static final String ANYTHING = ".*";
    private static final String MOST_AT_ONCE = "500";

    /** What to print, a line each. */
    List<String> lines() {
        Optional<CacheSettings.Address> cache = place.cache();
        Optional<String> prefix = place.prefix();
        if (cache.isEmpty() || prefix.isEmpty()) {
            return List.of("no command for it: cache.url or cache.prefix is not known here");
        }
        if (CONTROL.matcher(prefix.get() + pattern.glob()).find()) {
            return List.of("no command for it: a line break or the like stands in these keys");
        }
        String client = client(cache.get());
        if (single().isPresent()) {
            return List.of("remove: " + client + " unlink " + quoted(prefix.get() + single().get()));
        }
        String look = client + " --scan --pattern " + quoted(glob(prefix.get()) + pattern.glob())
                + " | LC_ALL=C grep -aEx -e " + quoted(expression(prefix.get()));
        String remove = look + " | tr '\\n' '\\0' | xargs -0 -n " + MOST_AT_ONCE + " " + client + " unlink";
        return isExact()
                ? List.of("look:   " + look, "remove: " + remove)
                : List.of(
                        "look:   " + look,
                        "remove: " + remove,
                        "careful: a text stands in these keys, so that this reaches every key that looks so, also of others: look first");
    }

    /** Whether it reaches no more keys than a template makes, as far as the columns' types tell. */
    boolean isExact() {
        return !body().contains(ANYTHING);
    }

    /** The key where the pattern is one. */
    private Optional<String> single() {
        String glob = pattern.glob();
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*') {
                return Optional.empty();
            }
            key.append(c == '\\' ? glob.charAt(++i) : c);
        }
        return Optional.of(key.toString());
    }

    private String client(CacheSettings.Address cache) {
        return "valkey-cli -h " + quoted(cache.host()) + " -p " + cache.port() + " -n " + cache.number()
                + (cache.tls() ? " --tls" : "")
                + place.user().map(user -> " --user " + quoted(user)).orElse("");
    }

    /** In a pattern of the server these mean something, in a prefix nothing. */
    private static String glob(String prefix) {
        return prefix.replaceAll("[*?\\[\\]\\\\]", "\\\\$0");
    }

    /** An extended regular expression of POSIX; it matches a whole line. */
    private String expression(String prefix) {
        return prefix.replaceAll("[.+*?()|\\[{^$\\\\]", "\\\\$0") + body();
    }

    /** RE2 quotes closing brackets too, which POSIX leaves open; the anchors are the line's ends. */
    private String body() {
        return pattern.exact()
                .pattern()
                .replaceFirst("^\\\\A", "")
                .replaceFirst("\\\\z$", "")
                .replace("(?:", "(")
                .replaceAll("\\\\([]}])", "$1");
    }

    /** As one word of a shell. */
    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
