package dev.freshet.rules.yaml;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What HTTP can carry, where it stands in a request. */
final class HttpWord {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]+");

    /** Whoever sends a request says these itself. */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    /** A method, or a header's name. */
    static final Kind<String> OF_A_REQUEST = text -> TOKEN.matcher(text).matches()
            ? Answer.is(text)
            : Answer.isNot("one word of letters, digits and ! # $ % & ' * + - . ^ _ ` | ~");

    /** One line that a header or an address can hold. */
    static final Kind<String> LINE =
            text -> PRINTABLE.matcher(text).matches() ? Answer.is(text) : Answer.isNot("printable ASCII on one line");

    /** The same, not shown where it is something else. */
    static final Kind<String> HIDDEN_LINE = text -> PRINTABLE.matcher(text).matches()
            ? Answer.is(text)
            : new Answer.Refused<>(
                    Code.BAD_VALUE,
                    text.isEmpty()
                            ? "it is empty"
                            : "it has the end of a line in it, or something else than printable ASCII");

    private HttpWord() {}

    /** Whether a file may say it. */
    static boolean isHeader(String name) {
        return TOKEN.matcher(name).matches() && !OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT));
    }
}
